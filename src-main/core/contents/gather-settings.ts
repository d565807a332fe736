import type { SettingSource } from '../../../shared/model/hyperparameters.ts';
import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import type { OptimizerView } from '../../../shared/model/optimizer-view.ts';
import type { HydraRecord } from '../config/read-hydra.ts';
import type { TrainerRecord } from '../config/read-trainer.ts';
import type { ZooRecord } from '../config/read-zoo.ts';
import type { Contents } from '../formats/contents.ts';
import { hyperparameterKeys } from '../formats/torch/notes-of.ts';
import { limitText, limitValue } from './limit-value.ts';

/** A value that training was set up by, as it stands in one place. */
export interface Setting {
  source: SettingSource;
  /** The path of keys to the part that it stands in, and from there to it. */
  part: string;
  name: string;
  value: Json;
  /** Whether a schedule moves it: then it is what training had come to, and not what it was set up by. */
  isMoved?: boolean;
}

/** What stands beside a file. */
export interface Surroundings {
  sidecar: JsonObject | null;
  hydra: HydraRecord | null;
  /** What Lightning's `hparams.yaml` says. */
  hparams: Json;
  /** What `training_args.bin` and `trainer_state.json` of Hugging Face's Trainer say. */
  trainer: TrainerRecord;
  /** What `args.json` or `config.json` says. */
  args: Json;
  /** What `config.yml` and `args.yml` of RL Baselines3 Zoo say. */
  zoo: ZooRecord;
  /** What MLflow keeps in `params/` of the run. */
  mlflow: JsonObject | null;
}

const noTrainer: TrainerRecord = { args: null, state: null };
export const noZoo: ZooRecord = { config: null, args: null };

export const nothingAround: Surroundings = {
  sidecar: null,
  hydra: null,
  hparams: null,
  trainer: noTrainer,
  args: null,
  zoo: noZoo,
  mlflow: null,
};

type Look = Pick<Contents, 'format' | 'entries' | 'metadata' | 'hyperparameters'> & {
  optimizer: OptimizerView | null;
};

/** How far a config is gone through. */
const most = { settings: 2000, values: 2000, depth: 12, key: 200 };

/** Whether a key of a record leads to what training was set up by. */
export const isBlock = (key: string): boolean => hyperparameterKeys.includes(key);

/** Everything that training was set up by, wherever it stands. */
export function gatherSettings(
  { format, entries, metadata, hyperparameters, optimizer }: Look,
  { sidecar, hydra, hparams, trainer, args, zoo, mlflow }: Surroundings,
): Setting[] {
  const file = { source: 'file', part: 'data', isLeftOut: isState } as const;
  const settings = [
    ...flatten({ source: 'file', part: keyOfHyperparameters(entries) }, hyperparameters),
    ...settingsIn('file', 'metadata', objectOrNull(metadata)),
    ...(format === 'sb3' ? flatten(file, metadata) : []),
    ...(optimizer ? settingsOf(optimizer) : []),
    ...settingsIn('sidecar', '', sidecar),
    ...flatten({ source: 'hparams', part: '' }, hparams),
    ...flatten({ source: 'training_args', part: '' }, trainer.args),
    ...flatten({ source: 'trainer_state', part: '' }, trainer.state),
    ...flatten({ source: 'args', part: '' }, args),
    ...flatten({ source: 'zoo_config', part: '' }, zoo.config),
    ...flatten({ source: 'zoo_args', part: '' }, zoo.args),
    ...flatten({ source: 'mlflow', part: '' }, mlflow),
    ...flatten({ source: 'hydra', part: '', isLeftOut: isPlumbing }, hydra?.config ?? null),
    ...flatten({ source: 'overrides', part: '' }, readOverrides(hydra?.overrides ?? null)),
  ];
  return settings.slice(0, most.settings);
}

const mostTargets = 100;

/** What a config names to be called by whoever makes objects of it: Hydra's `_target_`, each once. Nothing here calls it. */
export function targetsOf(settings: readonly Setting[]): string[] {
  const named = settings.filter(({ name }) => name === '_target_' || name.endsWith('._target_'));
  return [...new Set(named.flatMap(({ value }) => (typeof value === 'string' ? value : [])))].slice(
    0,
    mostTargets,
  );
}

function keyOfHyperparameters(entries: Look['entries']): string {
  const keys = new Set(entries.map(({ key }) => key));
  return hyperparameterKeys.find((key) => keys.has(key)) ?? 'hyperparameters';
}

/** Counters and leftovers of stable-baselines3, which are no settings. stable_baselines3/common/base_class.py */
const isState = (key: string): boolean =>
  /^(_|num_timesteps$|start_time$|ep_\w*_buffer$|action_noise$|replay_buffer$)/.test(key);
/** Where Hydra keeps what is its own, and where a run keeps its files. */
const isPlumbing = (key: string, value: Json): boolean =>
  key === 'hydra' || /ModelStorageConfig$/.test(String(ownValue(objectOrNull(value), '_target_')));

function settingsIn(source: SettingSource, part: string, record: JsonObject | null): Setting[] {
  return hyperparameterKeys.flatMap((block) => {
    const place = part === '' ? block : `${part}.${block}`;
    return flatten({ source, part: place }, ownValue(record, block) ?? null);
  });
}

/** Numbers alone: the switches are the optimizer's own affair. */
function settingsOf({ groups }: OptimizerView): Setting[] {
  const places = new Map<string, number>();
  return groups.flatMap(({ optimizer, values }) => {
    const place = places.get(optimizer) ?? 0;
    places.set(optimizer, place + 1);
    const part = [optimizer, 'param_groups', place].filter((key) => key !== '').join('.');
    // PyTorch's schedulers leave what a group began with beside what they made of it.
    const isScheduled = ownValue(objectOrNull(values as Json), 'initial_lr') !== undefined;
    return flatten({ source: 'optimizer', part }, values as Json)
      .filter(({ value }) => isNumeric(value))
      .map((setting) => (isScheduled && setting.name === 'lr' ? { ...setting, isMoved: true } : setting));
  });
}

function isNumeric(value: Json): boolean {
  return Array.isArray(value) ? value.every(isNumeric) : typeof value === 'number';
}

/** `key=value`; `+` adds a key, `~` takes one away. https://hydra.cc/docs/advanced/override_grammar/basic/ */
function readOverrides(overrides: Json): JsonObject | null {
  if (!Array.isArray(overrides)) return null;
  const pairs = overrides.flatMap((override): [string, Json][] => {
    const [, key, value] = /^\+{0,2}([^~=]+)=(.*)$/s.exec(String(override)) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(pairs);
}

interface Flattening {
  source: SettingSource;
  part: string;
  isLeftOut?: (key: string, value: Json) => boolean;
}

/** The values within an object, each under the path of keys that leads to it; a list is one value. */
function flatten(into: Flattening, value: Json): Setting[] {
  const found: Setting[] = [];
  const budget = { left: most.values };
  const visit = (inner: Json, keys: readonly string[]) => {
    budget.left -= 1;
    const object = objectOrNull(inner);
    if (!object) found.push({ ...placeOf(into), name: keys.join('.'), value: limitValue(inner) });
    else if (keys.length < most.depth) visitAll(object, keys);
  };
  const visitAll = (object: JsonObject, keys: readonly string[]) => {
    for (const [key, inner] of Object.entries(object)) {
      if (budget.left <= 0) return;
      if (!into.isLeftOut?.(key, inner)) visit(inner, [...keys, limitText(key, most.key)]);
    }
  };
  const whole = objectOrNull(value);
  if (whole) visitAll(whole, []);
  return found;
}

const placeOf = ({ source, part }: Flattening) => ({ source, part });
