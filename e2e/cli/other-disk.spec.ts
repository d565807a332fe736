import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { fillDisk, smallDisks } from '../driver/small-disk.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { mount, mountImage } = smallDisks();

/** Every file of a run but Cairn's own, with its bytes. */
async function contents(run: string): Promise<Map<string, string>> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.includes('/.cairn/')).sort();
  return new Map(await Promise.all(own.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

test('a folder of the run on another disk: saving, reading, backing up and bringing back work, and what cannot be is refused', async () => {
  const sample = await copySampleRun();
  const weights = join(sample, 'best_models/model_v0011_reward0.4346_20260302_114200.pt');
  const run = join(await tempFolder('disk'), 'run');
  await mount(join(run, 'best_models'), '10m');
  const save = ['save', run, '--weights', weights, '--reward', '1', '--name', 'x.pt'];
  await readJson(save);
  const { id } = (await readJson(['backup', run])) as { id: string };
  await rm(join(run, 'best_models/x.pt'));
  await readJson(['restore', run, id]);
  expect(await readFile(join(run, 'best_models/x.pt'))).toEqual(await readFile(weights));
  expect(await readJson(['verify', run])).toMatchObject({ ok: true });
  await writeFile(join(run, 'best_models/y.pt'), await readFile(weights));
  const older = join(sample, 'best_models/model_v0001_rewardn0.1214_20260302_094200.pt');
  await writeFile(join(run, 'best_models/z.pt'), await readFile(older));
  const before = await contents(run);
  for (const args of [
    save,
    ['trash', run, 'y.pt'],
    ['prune', run, '--keep-best', '0', '--yes'],
    ['undo', run],
  ]) {
    const finished = await runCli(args);
    expectOneLineError(finished.stderr);
    expect([args, finished.code]).toEqual([args, 3]);
    expect(finished.stderr).toMatch(
      /on another disk: .*best_models.* everything is as it was: .*a run of its own/,
    );
    expect(await contents(run)).toEqual(before);
  }
  await readJson(['trash', join(run, 'best_models'), 'y.pt']);
  expect((await readdir(join(run, 'best_models'))).includes('y.pt')).toBe(false);
});

test('a full disk refuses a save in one line, with everything as it was; one that runs low is said', async () => {
  const run = join(await tempFolder('disk'), 'small');
  await mount(run, '4m');
  const weights = join(await tempFolder('disk'), 'w.pt');
  await writeFile(weights, Buffer.alloc(1_000_000, 1));
  const call = ['save', run, '--weights', weights, '--reward', '1', '--no-prune'];
  const first = await runCli(call);
  expect([first.code, first.stderr]).toEqual([
    0,
    expect.stringContaining('the disk is running low: there is room for'),
  ]);
  const before = await contents(run);
  await writeFile(weights, Buffer.alloc(3_500_000, 2));
  const finished = await runCli(call);
  expectOneLineError(finished.stderr);
  expect([finished.code, finished.stderr]).toEqual([
    3,
    expect.stringContaining('no space for this save — it needs'),
  ]);
  expect(await contents(run)).toEqual(before);
});

test('a training that filled the disk: the run is pruned and its trash emptied, and each says what is next', async () => {
  const disk = join(await tempFolder('disk'), 'small');
  await mount(disk, '8m');
  const run = join(disk, 'run');
  await cp(await copySampleRun(), run, { recursive: true });
  const { id } = (await readJson(['backup', run, 'v11'])) as { id: string };
  await fillDisk(disk);
  expect(await readJson(['verify', run], 1)).toMatchObject({ counts: { mismatch: 1, torn: 1 } });
  const pruned = await runCli(['prune', run, '--keep-best', '3', '--yes']);
  const emptying =
    /^what was moved takes as much room as before — .* the disk is full — .*: cairn (trash) (--empty) (--yes) (\S+) (\S+)\n$/;
  expect([pruned.code, pruned.stderr]).toEqual([0, expect.stringMatching(emptying)]);
  const [, ...command] = emptying.exec(pruned.stderr) ?? [];
  await fillDisk(disk);
  await readJson(['backups', run, '--delete', id, '--yes']);
  await fillDisk(disk);
  await readJson(command);
  const { bavail } = await statfs(disk);
  expect(bavail).toBeGreaterThan(10);
  // The version that is not what its record says is among those that went.
  expect(await readJson(['verify', run], 1)).toMatchObject({ counts: { torn: 1 } });
});

test('a run on a full disk that Cairn never wrote to is read, and a prune says what makes room, with nothing changed', async () => {
  const disk = join(await tempFolder('disk'), 'small');
  await mount(disk, '8m');
  const run = join(disk, 'run');
  await cp(await copySampleRun(), run, { recursive: true });
  await fillDisk(disk);
  const before = await contents(run);
  const listed = (await readJson(['ls', run])) as { versions: unknown[] };
  expect(listed.versions).toHaveLength(26);
  const finished = await runCli(['prune', run, '--keep-best', '3', '--yes']);
  expectOneLineError(finished.stderr);
  expect([finished.code, finished.stderr]).toEqual([
    3,
    expect.stringMatching(
      /^cairn: prune failed — the disk is full.* — make room there: remove files that are in no run, 256 KiB are enough; then try again$/m,
    ),
  ]);
  expect(await contents(run)).toEqual(before);
});

test('a long training never fills the disk: what retention moved by itself makes room for the next save', async () => {
  const run = join(await tempFolder('disk'), 'small');
  await mount(run, '12m');
  await mkdir(join(run, '.hydra'), { recursive: true });
  await writeFile(join(run, '.hydra/config.yaml'), 'storage: {max_best_models: 1, model_prefix: m}\n');
  const weights = join(await tempFolder('disk'), 'w.pt');
  for (let save = 1; save <= 8; save += 1) {
    await writeFile(weights, Buffer.alloc(2_000_000, save));
    await readJson(['save', run, '--weights', weights, '--reward', String(save)]);
  }
  const { entries } = (await readJson(['log', run])) as { entries: { command: string }[] };
  expect(entries.some(({ command }) => command === 'empty trash (its limits)')).toBe(true);
});

/** Bytes in use on the disk of a folder, once it has written everything. */
async function used(folder: string): Promise<number> {
  execFileSync('sync', ['-f', folder]);
  const { blocks, bfree, bsize } = await statfs(folder);
  return (blocks - bfree) * bsize;
}

test('where a backup is a clone, a prune gains nothing by the model, and says so; the disk agrees', async () => {
  const folder = await tempFolder('disk');
  const [image, disk] = [join(folder, 'xfs.img'), join(folder, 'xfs')];
  execFileSync('truncate', ['-s', '320M', image]);
  try {
    execFileSync('mkfs.xfs', ['-q', '-m', 'reflink=1', image]);
  } catch {
    test.skip(true, 'there is no mkfs.xfs here');
  }
  await mountImage(image, disk);
  const run = join(disk, 'run');
  const weights = join(folder, 'w.pt');
  for (const version of [1, 2, 3]) {
    await writeFile(weights, Buffer.alloc(4_000_000, version));
    await readJson(['save', run, '--weights', weights, '--reward', String(version)]);
  }
  await readJson(['backup', run, 'v1']);
  interface Plan {
    bytes_freed: number;
    bytes_freed_at_most: boolean;
  }
  const plan = (await readJson(['prune', run, '--keep-best', '1', '--yes'])) as Plan;
  // Two models go; the blocks of one stay with its backup.
  expect(plan.bytes_freed).toBeGreaterThan(4_000_000);
  expect(plan.bytes_freed).toBeLessThan(4_100_000);
  expect(plan.bytes_freed_at_most).toBe(true);
  const before = await used(disk);
  await readJson(['trash', run, '--empty', '--yes']);
  expect(Math.abs(before - (await used(disk)) - plan.bytes_freed)).toBeLessThan(100_000);
});

test('a full disk refuses an export; one that fills up on the way is told with the file’s name, and nothing of it stays', async () => {
  const disk = join(await tempFolder('disk'), 'small');
  await mount(disk, '256k');
  const run = await copySampleRun();
  const model = join(run, 'best_models/model_v0010_reward0.4186_20260302_113000.pt');
  await fillDisk(disk);
  const names = await readdir(disk);
  const exported = await runCli(['export', run, 'v10', '--to', disk]);
  expect(exported.code).toBe(3);
  expectOneLineError(exported.stderr);
  expect(exported.stderr).toContain('cairn: no space for this export — it needs');
  const converted = await runCli(['convert', model, join(disk, 'x.pt')]);
  expect([converted.code, converted.stderr]).toEqual([
    3,
    `cairn: cannot write ${join(disk, 'x.pt')} — the disk is full — make room there, or name another folder\n`,
  ]);
  expect(await readdir(disk)).toEqual(names);
});
