import { type Json, type JsonObject, objectOrNull } from '../../../shared/model/json.ts';
import type { ZooFiles } from './find-zoo.ts';
import { readSettings } from './read-hydra.ts';

/** What RL Baselines3 Zoo wrote down of a run; null for what is not there, or cannot be read. */
export interface ZooRecord {
  config: JsonObject | null;
  args: JsonObject | null;
}

/** Where it writes, what it runs on and whom it tells: none of that is how it trains. rl_zoo3/train.py */
const plumbing =
  /_folder$|_log$|^wandb_|^(?:verbose|device|uuid|progress|track|storage|study_name|num_threads|no_optim_plots|conf_file|yaml_file|trial_id)$/;

/** What these files say. Never throws. */
export function readZoo({ config, args }: ZooFiles): ZooRecord {
  return {
    config: config === null ? null : asObject(readSettings(config)),
    args: args === null ? null : chosen(asObject(readSettings(args))),
  };
}

/** An OrderedDict of Python, which YAML has as the arguments that make it: one list of pairs. */
function asObject(value: Json): JsonObject | null {
  const pairs = Array.isArray(value) ? value[0] : null;
  if (!Array.isArray(pairs)) return objectOrNull(value);
  return Object.fromEntries(
    pairs.flatMap((pair): [string, Json][] =>
      Array.isArray(pair) && pair.length === 2 ? [[String(pair[0]), pair[1] ?? null]] : [],
    ),
  );
}

/** What is None, or empty, was not asked for. */
function chosen(object: JsonObject | null): JsonObject | null {
  const isAsked = ([key, value]: [string, Json]) => value !== null && value !== '' && !plumbing.test(key);
  return object && Object.fromEntries(Object.entries(object).filter(isAsked));
}
