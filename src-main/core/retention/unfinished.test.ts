import { cpSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const layouts = join(import.meta.dirname, '../../../e2e/fixtures/layouts');
const keepLatest = { keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'all' } as const;

/** Why each version stays that a prune leaves, by id, of a run that was written long ago but for `young`. */
async function keptOf(run: string, young: string | null = null): Promise<Map<string, string>> {
  for (const path of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    if (young === null || !path.startsWith(young)) utimesSync(join(run, path), 1e9, 1e9);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const { decisions } = await manager.planPrune(keepLatest);
  return new Map(decisions.flatMap(({ id, keep, reasons }) => (keep ? [[id, reasons.join(', ')]] : [])));
}

/** A copy of a run, with other files in it. */
function copyOf(layout: string, files: readonly string[] = []): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, layout), run, { recursive: true });
  for (const path of files) put(run, path, 'x');
  return run;
}

const highest = 'not finished, and none has a higher number: it may be on its way';

test.each([
  ['distributed-checkpoint', 'step-9000/__0_0.distcp', []],
  ['deepspeed', 'global_step900/zero_pp_rank_0_mp_rank_00_optim_states.pt', []],
  ['huggingface', 'checkpoint-9000/model.safetensors', ['checkpoint-9000/optimizer.pt']],
  ['rllib', 'checkpoint_000900/algorithm_state.pkl', []],
  ['checkpoint-folders', 'checkpoint_90000/training_state.json', []],
])('of %s a version with the highest number that is not finished stays', async (layout, id, others) => {
  const run = copyOf(layout, [id, ...others]);
  expect((await keptOf(run)).get(id)).toContain(highest);
});

test('a version that is not finished goes where it is an old one among others, and stays while it is young', async () => {
  const id = 'step-1/__0_0.distcp';
  const run = copyOf('distributed-checkpoint', [id]);
  expect((await keptOf(run)).has(id)).toBe(false);
  const young = copyOf('distributed-checkpoint', [id]);
  expect((await keptOf(young, 'step-1/')).get(id)).toBe('not finished, and may still be written');
});

test('a version of several files beside each other that is not finished stays by the same rule', async () => {
  const part = 'model-00001-of-00002.safetensors';
  const run = copyOf('sharded', ['ckpt-900.index', 'ckpt-900.data-00000-of-00002', part]);
  expect((await keptOf(run)).get('ckpt-900.index')).toContain(highest);
});
