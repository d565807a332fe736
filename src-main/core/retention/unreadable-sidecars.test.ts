import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { tellDoubted } from './tell-doubted.ts';

const config = {
  max_best_models: 1,
  best_model_selection_metric: 'sharpe',
  best_model_selection_mode: 'max',
} as const;
const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' } as const;

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** A run of three models, of which the first is the best. */
function runOfThree() {
  const run = temporaryFolder();
  const ids = [9, 8, 7].map((sharpe, index) =>
    saveModel(run, index + 1, { reward: 0.5, sidecar: { metrics: { sharpe } } }),
  );
  const [best = ''] = ids;
  return { run, ids, best, sidecar: join(run, best.replace('.pt', '.json')) };
}

const verifyAll = async (run: string) => (await open(run)).verify(null, () => undefined);

async function saveAnother(run: string) {
  const bytes = writeTorchZip([0.1]);
  const source = { chunks: [bytes], size: bytes.length };
  return (await open(run)).saveBestModel({ source, reward: 0.1, metrics: { sharpe: 0.1 } });
}

const damages: [string, (sidecar: string) => void][] = [
  ['torn', (sidecar) => truncateSync(sidecar, 60)],
  ['empty', (sidecar) => truncateSync(sidecar, 0)],
  ['a list', (sidecar) => writeFileSync(sidecar, '[1]')],
  ['of NULs', (sidecar) => writeFileSync(sidecar, '\0\0\0\0')],
  ['without metrics that are some', (sidecar) => writeFileSync(sidecar, '{"metrics": [9]}')],
];
if (process.getuid?.() !== 0) damages.push(['unreadable', (sidecar) => chmodSync(sidecar, 0o000)]);

test.each(damages)(
  'Records agree, or it is told: a model whose sidecar is %s stays, and a plan and a save say so',
  async (_, damage) => {
    const { run, best, sidecar } = runOfThree();
    damage(sidecar);
    const manager = await open(run);
    const why = expect.stringMatching(/^its sidecar/);
    const { decisions, refused } = await manager.planPrune(rules);
    expect(decisions.find(({ id }) => id === best)).toEqual({ id: best, keep: true, reasons: [why] });
    expect(refused).toContainEqual({ id: best, why });
    expect(tellDoubted(manager, refused)).toContainEqual(
      expect.stringMatching(new RegExp(`^${best} stays, though no rule keeps it: its sidecar`)),
    );
    const { pruned, warnings } = await saveAnother(run);
    expect(pruned).toHaveLength(1);
    expect(pruned).not.toContain(best);
    expect(warnings).toContainEqual(
      expect.stringMatching(new RegExp(`^${best} stays, though no rule keeps it: its sidecar`)),
    );
  },
);

test('Records agree, or it is told: a model whose sidecar is gone since it was verified stays until it is verified once more', async () => {
  const { run, best, sidecar } = runOfThree();
  await verifyAll(run);
  const text = readFileSync(sidecar, 'utf8');
  rmSync(sidecar);
  const gone = expect.stringMatching(/^its sidecar is gone since it was verified/);
  const fateOf = async (manager: ModelManager) =>
    (await manager.planPrune(rules)).decisions.find(({ id }) => id === best);
  // Planning reads what stays, and by that takes nothing for good.
  for (const _ of [1, 2])
    expect(await fateOf(await open(run))).toEqual({ id: best, keep: true, reasons: [gone] });
  const manager = await open(run);
  await manager.verify([best], () => undefined);
  expect(manager.version(best)?.problems).toEqual([gone]);
  expect((await saveAnother(run)).pruned).not.toContain(best);
  writeFileSync(sidecar, text);
  expect(await fateOf(await open(run))).toMatchObject({
    keep: true,
    reasons: ['best #1 by sharpe', 'the best intact version'],
  });
  rmSync(sidecar);
  await verifyAll(run);
  await verifyAll(run);
  expect(await fateOf(await open(run))).toMatchObject({ keep: false });
});

test('Records agree, or it is told: a sidecar that lost its checksum as well as its metric keeps its version', async () => {
  const { run, best, sidecar } = runOfThree();
  await verifyAll(run);
  writeFileSync(sidecar, '{}');
  const { decisions } = await (await open(run)).planPrune(rules);
  expect(decisions.find(({ id }) => id === best)).toMatchObject({
    keep: true,
    reasons: [expect.stringMatching(/^its sidecar changed since it was verified/)],
  });
});

test('a save moves no model by itself of which nothing tells the metric, and no sidecar ever was; a person may', async () => {
  const { run, best, sidecar } = runOfThree();
  rmSync(sidecar);
  const { pruned, warnings } = await saveAnother(run);
  expect(pruned).toHaveLength(1);
  expect(pruned).not.toContain(best);
  expect(warnings).toContain(
    `${best} stays, though no rule keeps it: it has no sidecar, and nothing else tells its sharpe`,
  );
  const { decisions } = await (await open(run)).planPrune(rules);
  expect(decisions.find(({ id }) => id === best)).toMatchObject({
    keep: false,
    reasons: ['no rule keeps it', 'has no sharpe'],
  });
});
