import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, asVerifyReport, type Listing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const { CAIRN_TORTURE } = process.env;
const unrelatedFiles = CAIRN_TORTURE ? 100_000 : 20_000;
const model = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

/** What drives a terminal: control characters other than line ends, and marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const drivesTerminal = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

async function list(run: string): Promise<Listing> {
  return asListing(await readJson(['ls', run]));
}

function problemsOf({ problems }: Listing, part: string): string[] {
  return problems.filter(({ path }) => path.includes(part)).map(({ problem }) => problem);
}

test('a sidecar of 40 MB is not read, and its model stays in the list', async () => {
  const run = await copySampleRun();
  const sidecar = await open(join(run, model.replace(/\.pt$/, '.json')), 'w');
  await sidecar.writeFile(`{"version": 11, "notes": "${'x'.repeat(40 * 1024 * 1024)}"}`);
  await sidecar.close();
  const listing = await list(run);
  expect(listing.versions).toHaveLength(26);
  expect(problemsOf(listing, 'model_v0011').join()).toMatch(/sidecar cannot be read: .*(16|large|limit)/i);
  expect(listing.versions.find(({ id }) => id === model)?.metadata_source).toBe('contents');
});

test('a sidecar that is a list, a number, or deeper than any record is named as a problem', async () => {
  const run = await copySampleRun();
  const sidecar = join(run, model.replace(/\.pt$/, '.json'));
  for (const [text, words] of [
    ['[1, 2]', /a list, not an object/],
    ['42', /a single value, not an object/],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, /sidecar/],
    ['', /sidecar/],
  ] as const) {
    await writeFile(sidecar, text);
    const listing = await list(run);
    expect(listing.versions).toHaveLength(26);
    expect(problemsOf(listing, 'model_v0011').join()).toMatch(words);
  }
});

test('strange names are listed exactly in JSON and shown harmlessly to people', async () => {
  const run = await copySampleRun();
  const names = [
    'line\nbreak.pt',
    '"quoted" \'twice\'.pt',
    '<img src=x onerror=alert(1)>.pt',
    '\u202egnp.tp\u202c right-to-left.pt',
    `${'x'.repeat(252)}.pt`,
    '\u001b[31mred\u0007.pt',
    '__proto__.pt',
    'constructor.pt',
    '-rf.pt',
    ' leading and trailing .pt',
  ];
  for (const name of names) await copyFile(join(run, model), join(run, 'checkpoints', name));
  const ids = (await list(run)).versions.map(({ id }) => id);
  for (const name of names) expect(ids).toContain(`checkpoints/${name}`);
  const { stdout, code } = await runCli(['ls', run]);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(drivesTerminal);
  const verified = asVerifyReport(await readJson(['verify', run], 1));
  for (const name of names)
    expect(verified.files.find(({ id }) => id === `checkpoints/${name}`)?.state).toBe('unsealed');
});

test('metric names from a sidecar or a config are shown harmlessly, in tables and errors', async () => {
  const run = await copySampleRun();
  const hostile = '\u001b]0;owned\u0007\u009b2J\u202e';
  await writeFile(
    join(run, model.replace(/\.pt$/, '.json')),
    JSON.stringify({ version: 11, reward: 1, metrics: { [hostile]: 1 } }),
  );
  await writeFile(
    join(run, '.hydra/config.yaml'),
    `model_storage:\n  best_model_selection_metric: ${JSON.stringify(hostile)}\n`,
  );
  for (const args of [
    ['ls', run],
    ['ls', run, '--sort', 'none'],
    ['ls', run, '--sort', `${hostile}:up`],
    ['best', run, '--metric', 'none'],
    ['best', run, '--metric', 'reward'],
    ['show', run, '11'],
    ['show', run, hostile],
    ['ls', join(run, hostile)],
    ['ls', run, `--${hostile}`, '--debug'],
    ['best', run, '--metric', 'none', '--debug'],
  ]) {
    const { stdout, stderr } = await runCli(args);
    expect({ args, text: stdout + stderr }).toEqual({
      args,
      text: expect.not.stringMatching(drivesTerminal),
    });
  }
  expect((await runCli(['ls', run])).stdout).toContain('best by \\u001b]0;owned\\u0007\\u009b2J\\u202e, max');
});

test('a name that is not UTF-8 is a problem, and the rest is listed', async () => {
  const run = await copySampleRun();
  execFileSync('sh', [
    '-c',
    'cp "$1" "$(printf "$2/bad\\377name.pt")"',
    'sh',
    join(run, model),
    join(run, 'checkpoints'),
  ]);
  const listing = await list(run);
  expect(listing.versions).toHaveLength(26);
  expect(problemsOf(listing, 'bad').join()).toMatch(/not valid UTF-8/);
});

test('a run with a file that was not read for its name is not called whole', async () => {
  const folder = await tempFolder('unread');
  await copyFile(join(await copySampleRun(), model), join(folder, 'a.pt'));
  expect((await runCli(['verify', folder])).code).toBe(0);
  execFileSync('sh', ['-c', 'cp "$1/a.pt" "$(printf "$1/b\\377.pt")"', 'sh', folder]);
  const { code, stdout, stderr } = await runCli(['verify', folder]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('1 unsealed')]);
  expect(stderr).toContain('not valid UTF-8');
});

test('a symbolic link loop, a link out of the run and a FIFO are named, never followed or opened', async () => {
  const run = await copySampleRun();
  await symlink('loop.pt', join(run, 'checkpoints/loop.pt'));
  await symlink('..', join(run, 'best_models/up'));
  await symlink('/etc/passwd', join(run, 'best_models/model_v0090_reward9.0000_20260302_114200.pt'));
  execFileSync('mkfifo', [
    join(run, 'checkpoints/pipe.pt'),
    join(run, 'checkpoints/checkpoint_step_000064512_meta.json'),
  ]);
  const listing = await list(run);
  expect(listing.versions).toHaveLength(26);
  expect(problemsOf(listing, 'loop.pt').join()).toMatch(/symbolic link/);
  expect(problemsOf(listing, 'model_v0090').join()).toMatch(/symbolic link to \/etc\/passwd/);
  expect(problemsOf(listing, 'pipe.pt').join()).toMatch(/not a regular file/);
  expect((await runCli(['verify', run])).code).toBe(1);
  expect((await runCli(['verify', join(run, 'checkpoints/pipe.pt'), '--json'])).stdout).toContain(
    'not a regular file',
  );
});

test('a folder of a run that is a symbolic link is said and not followed', async () => {
  const run = await tempFolder('linked');
  await writeFile(join(run, 'checkpoint.pt'), 'x');
  await symlink('/etc', join(run, 'best_models'));
  const listing = await list(run);
  expect(problemsOf(listing, 'best_models').join()).toMatch(/symbolic link/);
});

test('a config that names folders outside the run is refused, and it is said', async () => {
  const run = await copySampleRun();
  const outside = await copySampleRun();
  for (const folder of ['../../etc', '/etc', 'a/../../b', outside, 'C:\\models']) {
    await writeFile(
      join(run, '.hydra/config.yaml'),
      `model_storage:\n  best_models_dir: ${JSON.stringify(folder)}\n  best_model_selection_metric: sharpe\n`,
    );
    const listing = await list(run);
    expect(listing.config['best_models_dir']).toBe('best_models');
    expect(problemsOf(listing, 'config.yaml').join()).toMatch(/outside the run: refused/);
    expect(listing.versions).toHaveLength(26);
  }
});

test('a config that cannot be read, or expands without end, is said and the defaults count', async () => {
  const run = await copySampleRun();
  const bomb = Array.from(
    { length: 30 },
    (_, i) => `a${i + 1}: &a${i + 1} [*a${i},*a${i},*a${i},*a${i}]`,
  ).join('\n');
  for (const text of ['model_storage: [unclosed', `a0: &a0 x\n${bomb}\n`]) {
    await writeFile(join(run, '.hydra/config.yaml'), text);
    const listing = await list(run);
    expect(listing.versions).toHaveLength(26);
    expect(problemsOf(listing, 'config.yaml').join()).not.toBe('');
  }
});

test(`a folder of ${unrelatedFiles.toLocaleString('en')} unrelated files among the models is no hindrance`, async () => {
  test.slow();
  const run = await copySampleRun();
  execFileSync('sh', [
    '-c',
    'cd "$1" && seq -f "event_%06g.log" "$2" | xargs touch',
    'sh',
    join(run, 'checkpoints'),
    `${unrelatedFiles}`,
  ]);
  await mkdir(join(run, 'checkpoints/folder.pt'));
  const listing = await list(run);
  expect(listing.versions).toHaveLength(26);
  expect(problemsOf(listing, 'folder.pt')).toHaveLength(1);
  expect(listing.problems).toHaveLength(3);
});

test('a run that is being written to lists what is whole, and says what is being written', async () => {
  const run = await copySampleRun();
  const saves = Array.from({ length: 20 }, (_, index) =>
    saveVersion(run, { version: 100 + index, reward: index / 100 }),
  );
  const listings = await Promise.all([list(run), list(run)]);
  await Promise.all(saves);
  for (const { versions } of listings) {
    expect(versions.length).toBeGreaterThanOrEqual(26);
    expect(versions.filter(({ integrity }) => integrity.state === 'torn')).toEqual([]);
  }
  expect((await list(run)).versions).toHaveLength(46);
});
