import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import type { SideBySide } from './read-side-by-side.ts';
import { type SideBySideFormat, sideBySideText } from './side-by-side-text.ts';

const all = { differencesOnly: false, words: '' };

async function run() {
  const [folder, appData] = [temporaryFolder(), temporaryFolder()];
  const ids = [
    saveModel(folder, 1, {
      reward: 0.5,
      sidecar: {
        metrics: { sharpe: 1.23456789, max_drawdown: 0.25, kl: '<NaN>' },
        training_config: { 'a|b': '=SUM(A1)', note: 'two\nlines `and` "quotes"', lr: 1e-5, floor: -0.5 },
        tags: ['a', 'b'],
      },
    }),
    saveModel(folder, 2, {
      reward: 0.25,
      sidecar: {
        metrics: { sharpe: 2.5, max_drawdown: 0.5, kl: 'Infinity' },
        training_config: { 'a|b': '=SUM(A1)', note: '\u202e@octocat <b>', lr: 2e-5, floor: '<NaN>' },
      },
    }),
    saveModel(folder, 3, { reward: 0.25 }),
  ];
  const manager = new ModelManager(folder, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  const text = (
    { ids: asked = ids, ...rest }: Partial<SideBySide> & { ids?: readonly string[] },
    format: SideBySideFormat,
  ) => {
    const versions = asked.map((id) => ({ run: manager, runName: 'run', id }));
    return sideBySideText({ versions, baseline: 0, rows: all, ...rest }, format);
  };
  return { ids, text };
}

test('CSV has every digit, a column for each difference, and nothing that a spreadsheet would run', async () => {
  const { ids, text } = await run();
  const csv = await text({ ids: ids.slice(0, 2), rows: { differencesOnly: true, words: '' } }, 'csv');
  const lines = csv.split('\r\n').filter((line) => !/Time|Size|Checksum|training_config.note/.test(line));
  expect(lines).toEqual([
    'section,name,better,v1,v2,v2 minus v1',
    `,file,,${ids[0]},${ids[1]},`,
    'Metrics,Reward,higher,0.5,0.25,-0.25',
    'Metrics,sharpe,higher,1.23456789,2.5,1.26543211',
    'Metrics,max_drawdown,lower,0.25,0.5,0.25',
    'Metrics,kl,,NaN,Infinity,',
    'Progress and file,Tags,,"a, b",,',
    'Config and hyperparameters,training_config.lr,,0.00001,0.00002,',
    'Config and hyperparameters,training_config.floor,,-0.5,NaN,',
    '',
  ]);
  expect(csv).toContain('"two\nlines `and` ""quotes""",\u202e@octocat <b>,');
  expect(await text({ rows: { ...all, words: 'a|b' } }, 'csv')).toContain(",'=SUM(A1),'=SUM(A1),,,");
});

test('Markdown is a table: differences know which end is better, and nothing in a cell is markup', async () => {
  const { ids, text } = await run();
  const md = await text(
    { ids: ids.toReversed(), baseline: 1, rows: { differencesOnly: true, words: 'r' } },
    'md',
  );
  expect(md).toMatch(/^\|\s+\| v3 \| v2 \(baseline\) \| v1 \|\n\| --- \| --- \| --- \| --- \|\n/);
  expect(md).toContain('| **Metrics** (1 left out) |  |  |  |\n');
  expect(md).toContain('| Reward ↑ | 0.25 | 0.25 | **0.5** (+0.25, better) |\n');
  expect(md).toContain('| sharpe ↑ | – | **2.5** | 1.23457 (-1.26543, worse) |\n');
  expect(md).toContain('| max_drawdown ↓ | – | 0.5 | **0.25** (-0.25, better) |\n');
  expect(md).toContain('| training_config.lr | – | 0.00002 | 0.00001 |\n');
  const whole = await text({ baseline: 9 }, 'md');
  expect(whole).toContain('| kl | NaN | Infinity | – |\n');
  expect(whole).toContain(
    '| <code>training&#95;config&#46;a&#124;b</code> | `=SUM(A1)` | `=SUM(A1)` | – |\n',
  );
  expect(whole).toContain(
    '| two<br><code>lines &#96;and&#96; &#34;quotes&#34;</code> | `\\u202e@octocat <b>` | – |\n',
  );
  for (const line of whole.trimEnd().split('\n')) expect(line.split('|')).toHaveLength(6);
});

test('versions that would be called the same are told by their files; one that is gone is said', async () => {
  const { ids, text } = await run();
  const twice = await text({ ids: [ids[0] ?? '', ids[0] ?? ''] }, 'csv');
  expect(twice.split('\r\n')[0]).toBe(`section,name,better,${ids[0]},${ids[0]},${ids[0]} minus ${ids[0]}`);
  await expect(text({ ids: [ids[0] ?? '', 'best_models/gone.pt'] }, 'md')).rejects.toThrow(
    'it is not in this run',
  );
});

test('versions without a sidecar stand by the config that Hydra wrote down of their run', async () => {
  const folder = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(folder, number, { reward: 0.5, sidecar: null }));
  put(folder, '.hydra/config.yaml', 'agent:\n  lr: 0.001\n  layers: [64, 32]\n');
  const manager = new ModelManager(folder, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const versions = ids.map((id) => ({ run: manager, runName: 'run', id }));
  const csv = await sideBySideText({ versions, baseline: 0, rows: all }, 'csv');
  expect(csv).toContain('Config and hyperparameters,agent.lr,,0.001,0.001,');
  expect(csv).toContain('agent.layers');
});
