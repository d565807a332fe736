import type { JsonObject } from '../../../../shared/model/json.ts';
import type { FrameworkName } from '../contents.ts';
import { asKind, isDescribed, itemsOf, type Value } from '../pickle/value.ts';
import { scoresOf, scoresToRead } from './model-checkpoints.ts';
import { readScalar } from './numpy-values.ts';
import { noScalars, type Scalars } from './read-scalars.ts';
import { writtenBy } from './written-by.ts';

type Entries = ReadonlyMap<Value, Value>;

/** What a pickle does not hold of what it says: the name of its file, and numbers that are tensors of it. */
export interface ToldAround {
  name: string;
  scalars: Scalars;
}

export const nothingTold: ToldAround = { name: '', scalars: noScalars };

type Pairs = readonly (readonly [name: string, value: Value | undefined])[];

/** What a framework keeps under names of its own, by the entries at the top of its checkpoint. */
interface OwnNotes {
  /** How many steps were trained. */
  step?(entries: Entries): Value | undefined;
  /** Numbers that were measured of this very state. */
  metrics?(entries: Entries, told: ToldAround): Pairs;
  /** Those of them that may be tensors. */
  toRead?(entries: Entries): Value[];
}

const frameworks: ReadonlyMap<FrameworkName, OwnNotes> = new Map<FrameworkName, OwnNotes>([
  [
    'lightning',
    { metrics: (entries, { name, scalars }) => scoresOf(entries, name, scalars), toRead: scoresToRead },
  ],
  ['ultralytics', { metrics: (entries) => namedIn(entries.get('train_metrics')) }],
  [
    'rl-games',
    {
      // Of all environments together.
      step: (entries) => entries.get('frame'),
      metrics: (entries) => [['last_mean_rewards', entries.get('last_mean_rewards')]],
    },
  ],
  [
    'fairseq',
    {
      step: (entries) => entriesOf(itemsOf(entries.get('optimizer_history'))?.at(-1)).get('num_updates'),
      metrics: (entries) => [['val_loss', entriesOf(entries.get('extra_state')).get('val_loss')]],
    },
  ],
  [
    'nanogpt',
    {
      step: (entries) => entries.get('iter_num'),
      // It saves where this was measured.
      metrics: (entries) => [['best_val_loss', entries.get('best_val_loss')]],
      toRead: (entries) => [entries.get('best_val_loss') ?? null],
    },
  ],
]);

function ownNotesOf(entries: Entries): OwnNotes | undefined {
  const framework = writtenBy(entries)?.framework;
  return framework && frameworks.get(framework);
}

/** What {@link frameworkMetrics} needs the numbers of, where they are tensors. */
export function tensorsToRead(entries: Entries): Value[] {
  return (ownNotesOf(entries)?.toRead?.(entries) ?? []).filter(isDescribed);
}

/** The steps that a framework counts under a name of its own; null where none does. */
export function frameworkStep(entries: Entries): number | null {
  const step = ownNotesOf(entries)?.step?.(entries);
  return typeof step === 'number' && step >= 0 ? step : null;
}

/** What a framework says was measured of the state that it saved; null for nothing. */
export function frameworkMetrics(entries: Entries, told: ToldAround): JsonObject | null {
  const pairs = ownNotesOf(entries)?.metrics?.(entries, told) ?? [];
  const found = pairs.flatMap(([name, value]): [string, number][] => {
    const number = numberOf(value ?? null, told.scalars);
    return number === null ? [] : [[name, number]];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

/** A number of Python, a scalar of numpy, or a tensor of one element that was read. */
function numberOf(value: Value, scalars: Scalars): number | null {
  const call = asKind(value, 'call');
  const plain = scalars.get(value) ?? (call ? readScalar(call) : value);
  return typeof plain === 'number' ? plain : (asKind(plain, 'float')?.value ?? null);
}

function namedIn(value: Value | undefined): Pairs {
  return [...entriesOf(value)].flatMap(([name, each]) => (typeof name === 'string' ? [[name, each]] : []));
}

function entriesOf(value: Value | undefined): Entries {
  return value !== undefined && isDescribed(value) && 'entries' in value ? value.entries : new Map();
}
