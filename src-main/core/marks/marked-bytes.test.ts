import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import type { Mark } from './marks.ts';

const surely = 'given to other bytes than it has now';
const maybe = 'given before it was last written to, and may be of other bytes';

/** A version that Cairn saved, and that is noted and pinned. */
async function notedRun() {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const save = (value: number) => {
    const bytes = writeTorchZip([value]);
    return manager.saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: value });
  };
  const { id } = await save(1);
  await manager.look();
  const mark = (change: Partial<Mark>) => manager.mark([id], 'note', (before) => ({ ...before, ...change }));
  await mark({ notes: 'the good one', pinned: true });
  const problems = async () => {
    await manager.look();
    const { problems, notes, pinned } = manager.known(id);
    expect(manager.row(id)?.problems).toEqual(problems);
    return { problems, notes, pinned };
  };
  const path = join(run, id);
  /** What a trainer does in place: as many bytes, another time. */
  const train = () => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    utimesSync(path, 1e9, 1e9);
  };
  return { run, id, path, manager, save, mark, problems, train };
}

const kept = { notes: 'the good one', pinned: true };
const told = (what: string) => ({
  ...kept,
  problems: [`its note and pin were ${what}: take them off, or give them anew`],
});

test('Records agree, or it is told: a note and a pin stay with a name that another program writes to, and it is said that they are of other bytes', async () => {
  const { id, path, manager, mark, problems, train } = await notedRun();
  expect(await problems()).toEqual({ ...kept, problems: [] });
  const before = readFileSync(path);
  train();
  expect(await problems()).toEqual(told(maybe));
  await manager.verify([id], () => undefined);
  expect(await problems()).toEqual(told(surely));
  await mark({ pinned: false });
  await mark({ pinned: true });
  expect((await problems()).problems).toEqual([`its note was ${surely}: take it off, or give it anew`]);
  writeFileSync(path, before);
  await manager.verify([id], () => undefined);
  expect((await problems()).problems).toEqual([`its pin was ${surely}: take it off, or give it anew`]);
});

test('a file of another size has other bytes, read or not', async () => {
  const { path, problems } = await notedRun();
  writeFileSync(path, 'short');
  expect((await problems()).problems).toContain(told(surely).problems[0]);
});

test('the same bytes with another time are those that were noted, once they were read', async () => {
  const { id, path, manager, problems } = await notedRun();
  utimesSync(path, 1e9, 1e9);
  await manager.verify([id], () => undefined);
  expect(await problems()).toEqual({ ...kept, problems: [] });
});

test('what Cairn itself replaces takes its notes along, and a pin is then of the name', async () => {
  const { manager, save, problems } = await notedRun();
  const { replaced } = await save(2);
  expect(await problems()).toEqual({ notes: null, pinned: true, problems: [] });
  await manager.undo(replaced?.operation ?? null);
  expect(await problems()).toEqual({ ...kept, problems: [] });
});

test('marks that an older version wrote say nothing of bytes', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  const versions = [{ id, pinned: true, notes: null, tags: ['a'] }];
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.mark([], 'note', (mark) => mark);
  writeFileSync(join(run, '.cairn/marks.json'), JSON.stringify({ format: 1, versions }));
  writeFileSync(join(run, id), writeTorchZip([9, 9, 9]));
  await manager.look();
  expect(manager.known(id)).toMatchObject({ pinned: true, tags: ['a'] });
  expect(manager.known(id).problems.filter((each) => each.includes('given'))).toEqual([]);
});
