import type { FolderVersion, NamesInside } from '../layout.ts';

const states = /^(?:zero_pp_rank_\d+_)?mp_rank_\d+_(?:\d+_)?model_states\.pt$/;
const optimizers = /^[^/]*optim_states\.pt$/;

/** Where each process leaves what it holds: the names of all are such. deepspeed/runtime/engine.py, _get_ckpt_name and _get_zero_ckpt_name; runtime/pipe/module.py */
export const ofProcess = /^(?:mp_rank_|(?:bf16_|fp16_)?zero_pp_rank_|layer_\d|expp_rank_)[^/]*_states\.pt$/;

/**
 * What DeepSpeed keeps in a folder; null where nothing of it is there.
 * @param at where in the folder its files are: '' for right in it, or a path that ends in `/`
 */
export function keptByDeepSpeed(inside: NamesInside, at: string): Omit<FolderVersion, 'layout'> | null {
  const names = [...inside].flatMap((name) => (name.startsWith(at) ? [name.slice(at.length)] : []));
  const own = names.filter((name) => optimizers.test(name));
  const [main] = names.filter((name) => states.test(name)).sort();
  if (main !== undefined) return { main: at + main, missing: missingRanks(own) };
  const [first] = own.sort();
  return first === undefined ? null : { main: at + first, missing: [missingModel(at)] };
}

export const missingModel = (at: string): string => `${at}mp_rank_00_model_states.pt is missing`;

/** Each process keeps its part of the optimizer: one between others that is not there is missed. */
function missingRanks(names: readonly string[]): string[] {
  const ranks = names.flatMap((name) => {
    const [, rank] = /pp_rank_(\d+)_/.exec(name) ?? [];
    return rank === undefined ? [] : [Number(rank)];
  });
  const there = new Set(ranks);
  const most = Math.min(Math.max(-1, ...ranks), mostRanks);
  const missing = Array.from({ length: most + 1 }, (_, rank) => rank).filter((rank) => !there.has(rank));
  return missing.slice(0, mostTold).map((rank) => `the optimizer of process ${rank} is missing`);
}

/** Trainings have no more processes; so many of them are named. */
const [mostRanks, mostTold] = [10_000, 3];
