import type { Direction, Ranking } from '../../../../shared/model/metric.ts';
import { asKind, isDescribed, type Value } from '../pickle/value.ts';
import type { Scalars } from './read-scalars.ts';

type Entries = ReadonlyMap<Value, Value>;

/** What a ModelCheckpoint of Lightning knows of what it keeps. lightning/pytorch/callbacks/model_checkpoint.py, state_dict */
interface ModelCheckpoint {
  /** The metric that it goes by; null for one that keeps whatever is the last. */
  monitor: string | null;
  /** Which end of that is the better one: no state has it, but the key of the state. */
  mode: Direction | null;
  /** The name of the file that is its best, for the path is that of the machine that trained. */
  best: string | null;
  /** The names of files that it keeps, with what was measured of them: a tensor, or a number. */
  scores: readonly (readonly [file: string, score: Value])[];
}

/** Those among the callbacks in a checkpoint; its key there begins with the class. @param entries at the top of the checkpoint */
function modelCheckpointsIn(entries: Entries): ModelCheckpoint[] {
  const callbacks = [...entriesOf(entries.get('callbacks'))];
  return callbacks.flatMap(([key, state]) =>
    typeof key === 'string' && key.startsWith('ModelCheckpoint')
      ? [modelCheckpoint(key, entriesOf(state))]
      : [],
  );
}

const modeInKey = /\{'monitor': (?:'[^']*'|"[^"]*"), 'mode': '(max|min)'/;

function modelCheckpoint(key: string, state: Entries): ModelCheckpoint {
  const monitor = state.get('monitor');
  return {
    monitor: typeof monitor === 'string' && monitor !== '' ? monitor : null,
    mode: (modeInKey.exec(key)?.[1] as Direction | undefined) ?? null,
    best: fileIn(state.get('best_model_path')),
    scores: [...entriesOf(state.get('best_k_models'))].flatMap(([path, score]) => {
      const file = fileIn(path);
      return file === null ? [] : [[file, score] as const];
    }),
  };
}

/** The name of the file that the first of them, of those that go by a metric, keeps as its best. */
export function bestOfCallbacks(entries: Entries): string | null {
  const all = modelCheckpointsIn(entries).filter(({ best }) => best !== null);
  return (all.find(({ monitor }) => monitor !== null) ?? all[0])?.best ?? null;
}

/** The names of the files that each of those that go by a metric keeps as its best, where these are several. */
export function bestsOfCallbacks(entries: Entries): string[] {
  const all = modelCheckpointsIn(entries).flatMap(({ monitor, best }) =>
    monitor === null ? [] : (best ?? []),
  );
  const bests = [...new Set(all)];
  return bests.length > 1 ? bests : [];
}

/** What the first of them that goes by a metric goes by: the one of which `ckpt_path="best"` is the best. */
export function rankingOfCallbacks(entries: Entries): Ranking | null {
  const { monitor = null, mode = null } =
    modelCheckpointsIn(entries).find((each) => each.monitor !== null) ?? {};
  return monitor === null || mode === null ? null : { name: monitor, mode };
}

/** What {@link scoresOf} needs the numbers of. */
export function scoresToRead(entries: Entries): Value[] {
  return modelCheckpointsIn(entries).flatMap(({ scores }) => scores.map(([, score]) => score));
}

/**
 * What was measured of a file by the metrics that the callbacks go by. What they measured last need not be of this file.
 * @param name of the file, as it was saved
 */
export function scoresOf(
  entries: Entries,
  name: string,
  scalars: Scalars,
): [metric: string, score: number][] {
  return modelCheckpointsIn(entries).flatMap(({ monitor, scores }): [string, number][] => {
    const own = scores.flatMap(([file, score]) => (file === name ? (numberOf(score, scalars) ?? []) : []));
    const [score, ...others] = new Set(own);
    // Two folders may have a file of that name.
    return monitor === null || score === undefined || others.length > 0 ? [] : [[monitor, score]];
  });
}

function numberOf(score: Value, scalars: Scalars): number | null {
  if (typeof score === 'number') return score;
  return asKind(score, 'float')?.value ?? scalars.get(score) ?? null;
}

function fileIn(path: Value | undefined): string | null {
  return typeof path === 'string' ? path.split(/[/\\]/).at(-1) || null : null;
}

function entriesOf(value: Value | undefined): Entries {
  return value !== undefined && isDescribed(value) && 'entries' in value ? value.entries : new Map();
}
