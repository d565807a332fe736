import { cpSync, readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const written = join(import.meta.dirname, '../../../e2e/fixtures/layouts');

/** A run with this one version, not touched of late. */
function runOf(layout: string, version: string): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(written, layout, version), join(run, version), { recursive: true });
  return run;
}

async function stateOf(run: string): Promise<string | undefined> {
  for (const name of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(run, name), 1000, 1000);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.verify(null, () => undefined);
  const [version] = manager.versions();
  return version && `${version.integrity.state}: ${version.integrity.detail}`;
}

test.each([
  ['huggingface', 'checkpoint-1000', 'model.safetensors.index.json', 60, 'cannot be read as JSON'],
  ['huggingface', 'checkpoint-1000', 'model.safetensors.index.json', 0, 'an empty file'],
  ['huggingface', 'checkpoint-500', 'trainer_state.json', 40, 'cannot be read as JSON'],
  ['orbax', '10', 'default/d/0123456789abcdef', 0, 'an empty file'],
  ['orbax', '10', 'default/_METADATA', 9, 'cannot be read as JSON'],
  ['distributed-checkpoint', 'step-200', '.metadata', 20, '.metadata: '],
  ['distributed-checkpoint', 'step-200', '__1_0.distcp', 0, 'an empty file'],
  ['saved-model', '1', 'saved_model.pb', 0, 'an empty file'],
  ['saved-model', '1', 'variables/variables.index', 0, 'an empty file'],
  ['rllib', 'checkpoint_000003', 'state.pkl', 9, 'state.pkl: '],
])('a version of %s is torn where %s/%s has %i bytes', async (layout, version, name, size, words) => {
  const run = runOf(layout, version);
  truncateSync(join(run, version, name), size);
  expect(await stateOf(run)).toMatch(/^torn: /);
  expect(await stateOf(run)).toContain(words);
});

test.each([
  ['huggingface', 'checkpoint-1000', 'model.safetensors.index.json'],
  ['rllib', 'checkpoint_000003', 'class_and_ctor_args.pkl'],
  ['saved-model', '1', 'saved_model.pb'],
])('a version of %s that lacks %s/%s is torn, and does not vanish', async (layout, version, name) => {
  const run = runOf(layout, version);
  rmSync(join(run, version, name));
  expect(await stateOf(run)).toBe(`torn: ${name} is missing`);
});

test.each([
  ['huggingface', 'checkpoint-1000'],
  ['orbax', '10'],
  ['distributed-checkpoint', 'step-200'],
  ['saved-model', '1'],
  ['rllib', 'checkpoint_000003'],
  ['rllib', 'checkpoint_000001'],
])('nothing is said against a version of %s as it was written: %s', async (layout, version) => {
  expect(await stateOf(runOf(layout, version))).toBe('unsealed: null');
});

test.each([
  ['huggingface', 'checkpoint-500', 'trainer_state.json', 40],
  ['orbax', '10', 'default/d/0123456789abcdef', 0],
])('a look tells it too, without reading all of it: %s, %s/%s', async (layout, version, name, size) => {
  const run = runOf(layout, version);
  truncateSync(join(run, version, name), size);
  for (const each of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(run, each), 1000, 1000);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.checkStructures();
  expect(manager.versions().map(({ integrity }) => integrity.state)).toEqual(['torn']);
});
