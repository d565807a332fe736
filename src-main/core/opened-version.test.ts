import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { folderByItself, folderOfRun } from './find-what-is-named.ts';
import { RunReader } from './run-reader.ts';

const written = join(import.meta.dirname, '../../e2e/fixtures/layouts');

/** A copy of a folder that a framework wrote. */
function copyOf(layout: string, name = layout): string {
  const folder = join(realpathSync(temporaryFolder()), name);
  cpSync(join(written, layout), folder, { recursive: true });
  // What was written just now is looked at twice.
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(folder, file), 1, 1);
  return folder;
}

async function openOnly(root: string, only: string): Promise<RunReader> {
  const run = new RunReader(root, { only, appData: temporaryFolder() });
  onTestFinished(() => run.close());
  await run.look();
  return run;
}

test.each([
  ['huggingface', 'checkpoint-500', 'model.safetensors'],
  ['rllib', 'checkpoint_000001', 'algorithm_state.pkl'],
  ['distributed-checkpoint', 'step-200', '.metadata'],
  ['checkpoint-folders', 'checkpoint_1000', 'model.zip'],
  ['lightning-folders', 'checkpoints/last.ckpt', 'checkpoint/mp_rank_00_model_states.pt'],
])('a folder of %s that is a version is that one, of its run', async (layout, folder, main) => {
  const run = copyOf(layout);
  const id = `${folder}/${main}`;
  expect(folderOfRun(join(run, folder))).toEqual({ root: run, folder, id });
  const opened = await openOnly(run, folder);
  expect(opened.versions().map((version) => version.id)).toEqual([id]);
  const whole = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => whole.close());
  await whole.look();
  const { is_best: _best, is_latest: _latest, ...own } = whole.known(id);
  expect(opened.known(id)).toMatchObject(own);
});

test('of a version that was opened by itself neither its best nor its last is told', async () => {
  const opened = await openOnly(copyOf('huggingface'), 'checkpoint-500');
  expect(opened.recognised).toMatchObject({ layout: 'huggingface', best: null, last: null });
  expect(opened.problems.filter(({ path }) => !path.startsWith('checkpoint-500'))).toEqual([]);
});

test('a run, a folder that is not there, and one that Cairn keeps something in are no versions', () => {
  const run = copyOf('huggingface');
  expect(folderOfRun(run)).toBeNull();
  expect(folderOfRun(join(run, 'nothing'))).toBeNull();
  mkdirSync(join(run, 'checkpoint-500/.cairn'));
  expect(folderOfRun(join(run, 'checkpoint-500'))).toBeNull();
});

test('a checkpoint under a name of somebody’s own is told by what is in it', async () => {
  const folder = copyOf('rllib/checkpoint_000001', 'walker');
  expect(folderOfRun(folder)).toBeNull();
  const found = folderByItself(folder);
  expect(found).toMatchObject({ folder: 'walker', id: 'walker/algorithm_state.pkl' });
  put(found?.root ?? '', 'other.pt', 'x');
  const opened = await openOnly(found?.root ?? '', 'walker');
  expect(opened.versions().map(({ id }) => id)).toEqual(['walker/algorithm_state.pkl']);
  expect(existsSync(join(found?.root ?? '', '.cairn'))).toBe(false);
});

test('a folder in which nothing is a checkpoint is none by itself', () => {
  const folder = temporaryFolder();
  put(folder, 'notes/a.txt', 'x');
  expect(folderByItself(join(folder, 'notes'))).toBeNull();
});
