import { cpSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

const layouts = join(import.meta.dirname, '../../e2e/fixtures/layouts');

/** A run with this one version, whole. */
function runOf(layout: string, version: string): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, layout, version), join(run, version), { recursive: true });
  return run;
}

/** What is told of the one version of a run that was not touched of late: as it is listed, and once every byte of it was read. */
async function statesOf(run: string): Promise<string[]> {
  for (const name of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(run, name), 1000, 1000);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const state = () =>
    manager.versions().map(({ integrity }) => `${integrity.state}: ${integrity.detail}`)[0] ?? '';
  const listed = state();
  await manager.verify(null, () => undefined);
  return [listed, state()];
}

const changeJson = (path: string, change: (object: Record<string, unknown>) => void) => {
  const object = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(object);
  writeFileSync(path, JSON.stringify(object));
};

/** A list of texts as Python pickles it. */
function pickleOf(texts: readonly string[]): Buffer {
  const items = texts.map((text) => `\x8c${String.fromCharCode(text.length)}${text}\x94`);
  return Buffer.from(`\x80\x04]\x94(${items.join('')}e.`, 'latin1');
}

/** A distributed checkpoint of two shards, and the file that names them. */
function putShards(folder: string): void {
  const names = ['__0_0.distcp', '__1_0.distcp'];
  for (const name of names) put(folder, name, pickleOf([name]));
  put(folder, '.metadata', pickleOf(names));
}

interface Case {
  layout: string;
  version: string;
  lack: (folder: string) => void;
  missing: string;
}

const cases: Case[] = [
  {
    ...{ layout: 'huggingface', version: 'checkpoint-1000' },
    lack: (folder) =>
      changeJson(join(folder, 'model.safetensors.index.json'), (index) => {
        Object.assign(index['weight_map'] as object, { extra: 'model-extra.safetensors', gone: '../x\n' });
      }),
    missing: 'model-extra.safetensors is missing; ../x\\u000a is missing',
  },
  {
    ...{ layout: 'distributed-checkpoint', version: 'step-200' },
    lack: (folder) => {
      putShards(folder);
      rmSync(join(folder, '__1_0.distcp'));
    },
    missing: '__1_0.distcp is missing',
  },
  {
    ...{ layout: 'rllib', version: 'checkpoint_000002' },
    lack: (folder) => rmSync(join(folder, 'policies/default_policy'), { recursive: true }),
    missing: 'policies/default_policy is missing',
  },
  {
    ...{ layout: 'rllib', version: 'checkpoint_000003' },
    lack: (folder) => put(folder, 'learner_group/metadata.json', '{}'),
    missing: 'no state in learner_group: the save was not finished',
  },
  {
    ...{ layout: 'orbax', version: '10' },
    lack: (folder) =>
      changeJson(join(folder, '_CHECKPOINT_METADATA'), (about) => {
        Object.assign(about['item_handlers'] as object, {
          metrics: 'orbax.checkpoint.JsonCheckpointHandler',
        });
      }),
    missing: 'metrics is missing',
  },
  {
    ...{ layout: 'orbax', version: '10' },
    lack: (folder) =>
      changeJson(join(folder, '_CHECKPOINT_METADATA'), (about) => {
        about['commit_timestamp_nsecs'] = null;
      }),
    missing: 'no time of its end in _CHECKPOINT_METADATA: the save was not finished',
  },
  {
    ...{ layout: 'orbax', version: '10' },
    lack: (folder) => {
      rmSync(join(folder, 'default/manifest.ocdbt'));
      rmSync(join(folder, 'default/d'), { recursive: true });
    },
    missing: 'the arrays of default are missing',
  },
];

test.each(cases)(
  'a version of $layout that lacks what its own files name is torn: $missing',
  async ({ layout, version, lack, missing }) => {
    const whole = runOf(layout, version);
    expect((await statesOf(whole)).map((state) => state.split(':')[0])).toEqual(['unsealed', 'unsealed']);
    lack(join(whole, version));
    expect(await statesOf(whole)).toEqual([`torn: ${missing}`, `torn: ${missing}`]);
  },
);

test('a checkpoint of Hugging Face lacks the index of what FSDP left, and shards that the index names', async () => {
  const run = temporaryFolder();
  const folder = join(run, 'checkpoint-20');
  for (const part of ['pytorch_model_fsdp_0', 'optimizer_0']) putShards(join(folder, part));
  put(folder, 'trainer_state.json', '{"global_step": 20, "log_history": []}');
  expect((await statesOf(run))[0]).toBe('unsealed: null');
  rmSync(join(folder, 'pytorch_model_fsdp_0/__0_0.distcp'));
  rmSync(join(folder, 'optimizer_0/.metadata'));
  const missing =
    'no optimizer_0/.metadata: the save was not finished; pytorch_model_fsdp_0/__0_0.distcp is missing';
  expect(await statesOf(run)).toEqual([`torn: ${missing}`, `torn: ${missing}`]);
});

test('an index that is too large, or no JSON, or of another shape, accuses nobody', async () => {
  const index = 'checkpoint-1000/model.safetensors.index.json';
  for (const text of [
    '{',
    '[1]',
    '{"weight_map": ["a"]}',
    '{"weight_map": {"a": 3}}',
    `{"weight_map": {"a": "x${' '.repeat(5e6)}"}}`,
  ]) {
    const run = runOf('huggingface', 'checkpoint-1000');
    writeFileSync(join(run, index), text);
    expect((await statesOf(run))[0]).toBe('unsealed: null');
  }
});
