import { claimByFolders } from '../claim-by-folders.ts';
import type { Claim, FolderVersion, Layout, NamesInside, RunSigns } from '../layout.ts';

const folder = /^(?:iter_\d{7,15}|release)$/;
const rank = /^mp_rank_\d{2,}(?:_\d{3,})*\/$/;
const model = 'model_optim_rng.pt';
/** Those that older ones of it, and its distributed optimizer, write are among them. */
const ofRank = /^(?:model_optim_rng|model_rng|distrib_optim)\.pt$/;
const told = 'latest_checkpointed_iteration.txt';

/**
 * `iter_{N:07}/mp_rank_{tensor:02}[_{pipeline:03}]/model_optim_rng.pt`, one folder for each part of the model, and beside it
 * `latest_checkpointed_iteration.txt`, which is written last. megatron/training/checkpointing.py, get_checkpoint_name
 */
export const megatron: Layout = {
  id: 'megatron',
  name: 'Megatron',
  versionFolder: {
    recognise: recogniseFolder,
    mayBe: (inside) => [...inside].some((name) => rank.test(name)),
    countsSteps: false,
  },
  isPart: (name) => ofRank.test(name),
  recognise,
};

function recogniseFolder(name: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  if (!folder.test(name)) return null;
  const ranks = [...inside].filter((each) => rank.test(each)).sort();
  const files = ranks.flatMap((each) => [...ofModel].flatMap((file) => each + file));
  const main = files.find((file) => inside.has(file));
  if (main === undefined) return null;
  const lacking = ranks.filter((each) => !ofModel.some((file) => inside.has(each + file)));
  return { main, missing: lacking.map((each) => `${each}${model} is missing`) };
}

const ofModel = [model, 'model_rng.pt'];

function recognise(signs: RunSigns): Claim | null {
  const claim = claimByFolders(signs, /^mp_rank_[\d_]+\/model_[a-z_]+\.pt$/, 'folders named iter_N');
  return claim && { ...claim, ...lastTold(signs) };
}

/** What load_checkpoint goes on from: a number, or the word for weights that were given away. */
function lastTold({ all, read }: RunSigns): Pick<Claim, 'last'> {
  const text = read(told)?.trim() ?? '';
  const name = /^\d{1,15}$/.test(text) ? `iter_${text.padStart(7, '0')}` : text;
  for (const id of name === '' ? [] : all()) if (id.startsWith(`${name}/`)) return { last: id };
  return {};
}
