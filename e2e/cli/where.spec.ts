import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, type Version } from '../driver/json-shapes.ts';
import { inPairs, readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun, makeGenerations } from '../fixtures/copy-runs.ts';

let run: string;
let all: Version[];
test.beforeAll(async () => {
  run = await copySampleRun();
  all = asListing(await readJson(['ls', run])).versions;
});

const metric = (version: Version, name: string) => {
  const value = version.metrics[name];
  return typeof value === 'number' ? value : Number.NaN;
};

async function idsWhere(query: string, ...more: string[]): Promise<string[]> {
  return asListing(await readJson(['ls', run, '--where', query, ...more])).versions.map(({ id }) => id);
}

test('ls --where keeps the versions that a query asks for', async () => {
  const expected = new Map<string, (version: Version) => boolean>([
    [
      'reward > 0.42 and (sharpe >= 1.5 or tag:candidate) and not kind = checkpoint',
      (version) =>
        metric(version, 'mean_reward') > 0.42 && metric(version, 'sharpe') >= 1.5 && version.kind === 'best',
    ],
    ['sharpe is nan', ({ metrics }) => metrics['sharpe'] === 'NaN'],
    ['sharpe is missing', ({ metrics }) => metrics['sharpe'] === undefined],
    ['not sharpe > 0', (version) => !(metric(version, 'sharpe') > 0)],
    [
      'win_rate in 50%..52%',
      (version) => metric(version, 'win_rate') >= 0.5 && metric(version, 'win_rate') <= 0.52,
    ],
    ['size > 26 kB', ({ file_size_bytes }) => file_size_bytes > 26_000],
    ['is:best or is:latest', ({ is_best, is_latest }) => is_best || is_latest],
    [
      'version in (1, 5..7)',
      ({ version }) => version === 1 || (version !== null && version >= 5 && version <= 7),
    ],
    ['model_v001 best', ({ id }) => id.includes('model_v001')],
    ['run:Sample-Run and version = 3', ({ version }) => version === 3],
    ['run != sample-run', () => false],
    ['no_such_thing', () => false],
  ]);
  await inPairs([...expected.keys()], async (query) => {
    const keeps = expected.get(query) ?? (() => false);
    expect([query, await idsWhere(query)]).toEqual([query, all.filter(keeps).map(({ id }) => id)]);
  });
  expect(await idsWhere('tag:candidate and note ~ "paper trading" and symbol = acme')).toEqual([
    'best_models/model_v0011_reward0.4346_20260302_114200.pt',
  ]);
});

test('it goes with --kind, --sort, --limit and --csv, and leaves each version as it is', async () => {
  const worst = await idsWhere('reward < 0.4', '--kind', 'best', '--sort', 'sharpe:asc', '--limit', '2');
  const expected = all
    .filter((version) => version.kind === 'best' && metric(version, 'mean_reward') < 0.4)
    .sort((a, b) => metric(a, 'sharpe') - metric(b, 'sharpe'));
  expect(worst).toEqual(expected.slice(0, 2).map(({ id }) => id));
  const listing = asListing(await readJson(['ls', run, '--where', 'version = 11']));
  expect(listing.versions).toEqual(all.filter(({ version }) => version === 11));
  const csv = await runCli(['ls', run, '--where', 'version in 1..3', '--csv']);
  expect(csv.stdout.trimEnd().split(/\r?\n/)).toHaveLength(4);
  const text = await runCli(['ls', run, '--where', 'version = 11']);
  expect(text.stdout).toContain('\n1 of 26 versions, ');
  expect((await runCli(['ls', run, '--where', 'no_such_thing'])).stdout).toMatch(
    /^No version matches\.\n\n0 of 26 /,
  );
});

test('notes, tags and pins that a person gave are asked for too', async () => {
  const noted = await copySampleRun();
  await runCli(['note', noted, '2', 'looked at again']);
  await runCli(['pin', noted, '3']);
  await runCli(['tag', noted, '4', '+second look']);
  const versions = async (query: string) =>
    asListing(await readJson(['ls', noted, '--where', query])).versions.map(({ version }) => version);
  expect(await versions('note ~ again')).toEqual([2]);
  expect(await versions('is:pinned')).toEqual([3]);
  expect(await versions('tag = "second look"')).toEqual([4]);
});

test('a query with a fault is refused: one clear line, then the query with the fault underlined', async () => {
  const syntax = await runCli(['ls', run, '--where', 'reward > 0.4 and (sharpe >= high']);
  expect(syntax).toMatchObject({ code: 2, stdout: '' });
  expect(syntax.stderr.split('\n')).toEqual([
    expect.stringMatching(/^cairn: “high” is no value of sharpe — it needs a number, .* — write one$/),
    '  reward > 0.4 and (sharpe >= high',
    '                              ^^^^',
    '',
  ]);
  const unknown = await runCli(['ls', run, '--where', 'sharp > 1', '--json']);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(
    /^cairn: unknown field “sharp” — this run has .*sharpe.* — did you mean “sharpe”\?/,
  );
  expect(JSON.parse(unknown.stdout)).toEqual({
    error: { code: 'Usage', message: expect.stringContaining('unknown field “sharp”'), path: null },
  });
  const early = await runCli(['ls', join(run, 'nowhere'), '--where', 'reward >']);
  expect(early.stderr).toMatch(/^cairn: something is missing after “>”/);
});

test('a hostile query is refused in one line, and drives no terminal', async () => {
  for (const query of [
    '('.repeat(3999),
    'not '.repeat(999),
    `"${'x'.repeat(9000)}"`,
    '\u001b[31m\u202e = 1',
  ]) {
    const { code, stderr, stdout } = await runCli(['ls', run, '--where', query]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^cairn: [^\n]+\n {2}[^\n]*\n *\^+\n$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
    expect(stderr).not.toMatch(/[\u001b\u202e]/);
  }
});

test('runs of every generation can be asked', async () => {
  const { simple, oldest } = await makeGenerations();
  const count = async (folder: string, query: string) =>
    asListing(await readJson(['ls', folder, '--where', query])).versions.length;
  expect(await count(simple, 'reward < 0')).toBe(2);
  expect(await count(oldest, 'version > 2 and time < 2025')).toBe(3);
});

test('the shells complete --where, and ls explains it', async () => {
  const offers: [string, RegExp][] = [
    ['bash', /ls\) words="[^"]*--where/],
    ['zsh', /ls\) _arguments .*'--where\[[^\]]*\]:value:/],
    ['fish', /from ls' -l where -r /],
  ];
  for (const [shell, expected] of offers)
    expect([shell, (await runCli(['completion', shell])).stdout]).toEqual([
      shell,
      expect.stringMatching(expected),
    ]);
  expect((await runCli(['ls', '--help'])).stdout).toContain('reward > 0.4 and');
});

test('the page on queries shows nothing that is not understood, and names every field', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/query.md'), 'utf8');
  const examples = /```query\n(.*?)```/s.exec(page)?.[1]?.trimEnd().split('\n') ?? [];
  expect(examples.length).toBeGreaterThan(5);
  await inPairs(examples, async (query) => {
    const { code, stderr } = await runCli([
      'ls',
      run,
      '--where',
      query.replaceAll('eval/mean reward', 'sharpe'),
    ]);
    expect({ query, code, stderr }).toEqual({ query, code: 0, stderr: '' });
  });
  const refused = await runCli(['ls', run, '--where', 'nothing_like_it = 1']);
  const fields = /this run has (.*), entropy/.exec(refused.stderr)?.[1]?.split(', ') ?? [];
  expect(fields.length).toBeGreaterThan(10);
  for (const field of fields) expect([field, page.includes(`\`${field}\``)]).toEqual([field, true]);
});

test('a share can be asked for in percent; its number alone finds nothing, and it is said why', async () => {
  const idsOf = async (query: string) =>
    asListing(await readJson(['ls', run, '--where', query])).versions.map(({ id }) => id);
  const found = await idsOf('win_rate > 0.5');
  expect(found.length).toBeGreaterThan(0);
  expect(await idsOf('win_rate > 50%')).toEqual(found);
  expect(await idsOf('win_rate > 50 %')).toEqual(found);
  const { stdout, stderr } = await runCli(['ls', run, '--where', 'win_rate > 50']);
  expect(stdout).toMatch(/^No version matches/);
  expect(stderr).toBe('win_rate is between 0 and 1 here: for 50 percent write 50%\n');
});

test('of several queries all must hold, for versions and for runs', async () => {
  const run = await copySampleRun();
  const idsOf = async (...queries: string[]) => {
    const { versions } = (await readJson(['ls', run, ...queries.flatMap((each) => ['--where', each])])) as {
      versions: { id: string }[];
    };
    return versions.map(({ id }) => id);
  };
  const both = await idsOf('kind = best and reward > 0.4');
  expect(both.length).toBeGreaterThan(0);
  expect(await idsOf('kind = best', 'reward > 0.4')).toEqual(both);
  expect(await idsOf('reward > 0.4', 'kind = best or kind = checkpoint', 'kind = best')).toEqual(both);
  const { runs } = (await readJson([
    'runs',
    run,
    '--where',
    'versions > 1000',
    '--where',
    'versions > 1',
  ])) as {
    runs: unknown[];
  };
  expect(runs).toEqual([]);
  const wrong = await runCli(['ls', run, '--where', 'kind = best', '--where', 'kind =']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('  kind =')]);
});
