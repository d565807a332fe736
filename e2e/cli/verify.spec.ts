import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, asVerifyReport, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun, makeEdgeRun, sampleVerdicts } from '../fixtures/copy-runs.ts';

const flipped = 'best_models/model_v0015_reward0.4347_20260302_123000.pt';
const whole = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const torn = 'checkpoints/checkpoint_step_000516096.pt';

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function sumOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** What `verify FILE` says of it. */
async function verdictOf(file: string) {
  const { stdout } = await runCli(['verify', file, '--json']);
  const [verdict] = asVerifyReport(JSON.parse(stdout)).files;
  if (verdict?.id !== file) throw new Error(`verify did not report ${file}`);
  return verdict;
}

function stateOf({ files }: ReturnType<typeof asVerifyReport>, id: string) {
  return files.find((file) => file.id === id);
}

test('verify says of each file of the sample run what PyTorch and the records say', async () => {
  const run = await copySampleRun();
  const report = asVerifyReport(await readJson(['verify', run], 1));
  expect(report.ok).toBe(false);
  const verdicts = await sampleVerdicts();
  for (const { id, state, actual } of report.files) {
    const verdict = verdicts[id];
    const record = { matches: 'verified', differs: 'mismatch', none: 'unsealed' }[verdict?.record ?? 'none'];
    expect([id, state]).toEqual([id, verdict?.loads ? record : 'torn']);
    expect(actual).toBe(verdict?.sha256);
  }
  expect(report.counts).toEqual({ verified: 21, unsealed: 3, mismatch: 1, torn: 1 });
  expect(report.bytes).toBe(report.files.reduce((sum, { id }) => sum + (verdicts[id]?.size ?? 0), 0));
});

test('each problem is explained in a sentence', async () => {
  const run = await copySampleRun();
  const { stdout, code } = await runCli(['verify', run]);
  expect(code).toBe(1);
  expect(stdout).toContain('15,445 of 25,743 bytes: the end of the archive is missing');
  expect(stdout).toMatch(/mismatch +best_models\/model_v0015.*the bytes differ from the checksum on record/);
  const edge = await runCli(['verify', await makeEdgeRun()]);
  expect(edge.stdout).toContain('a Git LFS pointer, not the model');
  expect(edge.stdout).toContain('an empty file (0 bytes)');
  expect(edge.stdout).toMatch(/missing +checkpoints\/orphan_sidecar\.pt/);
});

test('a run without a problem verifies with exit code 0, on any number of threads', async () => {
  const run = await copySampleRun();
  for (const id of [flipped, torn]) await rm(join(run, id));
  for (const id of [flipped, torn]) await rm(join(run, id.replace(/\.pt$/, '.json')));
  for (const jobs of ['1', '3']) {
    const { code, stdout } = await runCli(['verify', run, '--jobs', jobs, '--json']);
    expect([jobs, code, asVerifyReport(JSON.parse(stdout)).ok]).toEqual([jobs, 0, true]);
  }
});

test('bit rot is told apart from a change', async () => {
  const run = await copySampleRun();
  await runCli(['verify', run]);
  const before = await stat(join(run, whole));
  await flipByte(join(run, whole));
  await utimes(join(run, whole), before.atime, before.mtime);
  const changed = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
  await flipByte(join(run, changed));
  const report = asVerifyReport(await readJson(['verify', run], 1));
  expect(stateOf(report, whole)).toMatchObject({ state: 'mismatch', cause: 'bit-rot' });
  expect(stateOf(report, changed)).toMatchObject({ state: 'mismatch', cause: 'changed' });
});

test('a checksum is never taken anew from the bytes it should prove', async () => {
  const run = await copySampleRun();
  const sidecar = join(run, flipped.replace(/\.pt$/, '.json'));
  const before = await readFile(sidecar, 'utf8');
  for (let round = 0; round < 3; round += 1) {
    const report = asVerifyReport(await readJson(['verify', run], 1));
    expect(stateOf(report, flipped)?.state).toBe('mismatch');
  }
  expect(await readFile(sidecar, 'utf8')).toBe(before);
});

test('a result is remembered until the file is touched', async () => {
  const run = await copySampleRun();
  const stateInList = async () =>
    asListing(await readJson(['ls', run])).versions.find(({ id }) => id === whole)?.integrity;
  expect((await stateInList())?.state).toBe('unverified');
  await runCli(['verify', run]);
  expect(await stateInList()).toMatchObject({ state: 'verified', checked_at: expect.any(String) });
  const now = new Date();
  await utimes(join(run, whole), now, now);
  expect((await stateInList())?.state).toBe('unverified');
});

test('a single checkpoint is verified against its sidecar', async () => {
  const run = await copySampleRun();
  expect((await runCli(['verify', join(run, whole)])).code).toBe(0);
  const report = asVerifyReport(await readJson(['verify', join(run, flipped)], 1));
  expect(report.files).toHaveLength(1);
  expect(report.files[0]).toMatchObject({ state: 'mismatch' });
});

test('a SHA256SUMS file is verified as sha256sum -c does', async () => {
  const run = await copySampleRun();
  const list = join(run, 'best_models', 'SHA256SUMS');
  const sums = [whole, flipped].map(
    async (id) => `${await sumOf(join(run, id))}  ${id.slice('best_models/'.length)}\n`,
  );
  const text = (await Promise.all(sums)).join('');
  await writeFile(list, text);
  const good = asVerifyReport(await readJson(['verify', list]));
  expect(good.counts).toEqual({ verified: 2 });
  await flipByte(join(run, whole));
  expect(asVerifyReport(await readJson(['verify', list], 1)).counts).toEqual({ verified: 1, mismatch: 1 });
  await writeFile(list, `${text}${'0'.repeat(64)}  gone.pt\n`);
  expect(asVerifyReport(await readJson(['verify', list], 1)).counts).toMatchObject({ missing: 1 });
});

test('a list with a line that is damaged, or gives another checksum than one before, is not whole; nor is a run with such a list', async () => {
  const run = await copySampleRun();
  const line = `${await sumOf(join(run, whole))}  ${whole}\n`;
  for (const more of ['x\n', `${'0'.repeat(64)}  ${flipped}\n${'1'.repeat(64)}  ${flipped}\n`]) {
    await writeFile(join(run, 'SHA256SUMS'), line + more);
    const report = asVerifyReport(await readJson(['verify', join(run, 'SHA256SUMS')], 1));
    expect(report.counts).toEqual({ verified: 1 });
  }
  const folder = await tempFolder('listed-twice');
  await copyFile(join(run, whole), join(folder, 'a.pt'));
  const sum = await sumOf(join(folder, 'a.pt'));
  await writeFile(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  a.pt\n${sum}  a.pt\n`);
  const report = asVerifyReport(await readJson(['verify', folder], 1));
  expect(report.counts).toEqual({ unsealed: 1 });
});

test('a run is not whole of which a file is gone that its list has, as sha256sum -c says', async () => {
  const run = await tempFolder('gone');
  await mkdir(join(run, 'best_models'));
  for (const name of ['a.pt', 'b.pt'])
    await copyFile(join(await copySampleRun(), whole), join(run, 'best_models', name));
  await readJson(['seal', run]);
  await readJson(['verify', run]);
  await rm(join(run, 'best_models/b.pt'));
  const report = asVerifyReport(await readJson(['verify', run], 1));
  expect([report.counts, report.problems]).toEqual([
    { verified: 1, missing: 1 },
    [{ path: 'SHA256SUMS', problem: 'best_models/b.pt, which it lists, is missing' }],
  ]);
  expect(stateOf(report, 'best_models/b.pt')?.state).toBe('missing');
});

test('a single checkpoint is verified against the list of its run, where its config keeps files', async () => {
  const run = await tempFolder('listed');
  const file = join(run, 'kept/models/a.pt');
  await mkdir(dirname(file), { recursive: true });
  await mkdir(join(run, '.hydra'));
  await writeFile(join(run, '.hydra/config.yaml'), 'model_storage:\n  best_models_dir: kept/models\n');
  await copyFile(join(await copySampleRun(), whole), file);
  await writeFile(join(run, 'SHA256SUMS'), `${await sumOf(file)}  kept/models/a.pt\n`);
  expect((await verdictOf(file)).state).toBe('verified');
  await flipByte(file);
  expect((await verdictOf(file)).state).toBe('mismatch');
  await rm(join(run, '.hydra'), { recursive: true });
  expect((await verdictOf(file)).expected).toBeNull();
});

test('with several targets each file is named as it can be found from here', async () => {
  const run = await copySampleRun();
  const list = join(run, 'best_models/SHA256SUMS');
  await writeFile(list, `${await sumOf(join(run, whole))}  ${basename(whole)}\n`);
  const { stdout } = await runCli(['verify', '.', whole, list, torn, '--json'], { cwd: run });
  const ids = asVerifyReport(JSON.parse(stdout)).files.map(({ id }) => id);
  expect(ids).toHaveLength(29);
  expect(ids.slice(-3)).toEqual([whole, join(run, whole), torn]);
  expect(ids).toContain(`./${whole}`);
});

test('a list of checksums may be called *.sha256, and name its files absolutely', async () => {
  const run = await copySampleRun();
  const list = join(run, 'checksums.sha256');
  await writeFile(list, `${await sumOf(join(run, whole))}  ${join(run, whole)}\n`);
  expect(asVerifyReport(await readJson(['verify', list])).files).toEqual([
    expect.objectContaining({ id: whole, state: 'verified' }),
  ]);
});

test('a SHA256SUMS file that names files outside its folder is refused', async () => {
  const run = await copySampleRun();
  const list = join(run, 'SHA256SUMS');
  for (const name of ['../outside.pt', '/etc/passwd', 'a/../../b.pt']) {
    await writeFile(list, `${'0'.repeat(64)}  ${name}\n`);
    const { code, stderr } = await runCli(['verify', list]);
    expect([name, code]).toEqual([name, 2]);
    expectOneLineError(stderr);
    expect(stderr).toContain('outside its folder');
  }
});
