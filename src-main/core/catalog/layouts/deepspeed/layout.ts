import { claimByFolders } from '../claim-by-folders.ts';
import type { Claim, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';
import { keptByDeepSpeed, ofProcess } from './shards.ts';

/** Where accelerate has DeepSpeed save: accelerate/accelerator.py, save_state. */
const inner = 'pytorch_model/';
const own = /^[^/]+\/[^/]+_states\.pt$/;
/** Lightning keeps its own so. */
const ofLightning = /\.ckpt\//;

/**
 * `global_step{N}/`, or another tag, with a file of each process, and `latest` beside it with the tag, which is written last.
 * deepspeed/runtime/engine.py, save_checkpoint
 */
export const deepSpeed: Layout = {
  id: 'deepspeed',
  name: 'DeepSpeed',
  versionFolder: {
    recognise: recogniseFolder,
    mayBe: (inside) => inside.has(inner),
    countsSteps: true,
  },
  isPart: (name) => ofProcess.test(name),
  recognise,
};

function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const direct = keptByDeepSpeed(inside, '');
  if (direct || !inside.has(inner)) return direct;
  const kept = keptByDeepSpeed(inside, inner);
  if (!kept || inside.has('latest')) return kept;
  return { ...kept, missing: ['no latest: the save was not finished', ...kept.missing] };
}

function recognise(signs: RunSigns): Claim | null {
  const ids = signs.ids.filter((id) => !ofLightning.test(id));
  const claim = claimByFolders({ ids }, own, 'folders with a file of each process');
  return claim && { ...claim, ...lastTold(signs) };
}

/** What load_checkpoint takes without a tag. */
function lastTold({ all, read }: RunSigns): Pick<Claim, 'last'> {
  const tag = read('latest')?.trim() ?? '';
  for (const id of tag === '' ? [] : all()) if (id.startsWith(`${tag}/`)) return { last: id };
  return {};
}
