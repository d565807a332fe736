import type { Contents, Entry, Tensor } from '../contents.ts';
import type { Damage } from '../damage.ts';
import type { FormatName } from '../format.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import type { Value } from '../pickle/value.ts';
import { describeLoading } from './classify-global.ts';
import { describeEntries } from './describe-entries.ts';
import { findOptimizers } from './find-optimizers.ts';
import type { ToldAround } from './framework-notes.ts';
import { listTensors } from './list-tensors.ts';
import { notesOf } from './notes-of.ts';
import type { Surroundings } from './surroundings.ts';

/** A pickle that was followed, with all that is needed to say what is in it. */
export interface Pickled {
  root: Value;
  names: PickledNames;
  around: Surroundings;
  /** What is known to be wrong before its tensors are looked at. */
  problems: readonly string[];
  /** What its place tells of it, where it does. */
  part?: Tensor['part'] | null;
  /** What stopped the pickle, where it did not end by itself. */
  damage?: Damage | null;
  /** More to list than what the pickle has at its top. */
  entries?: readonly Entry[];
  /** What the pickle does not hold of what it says. */
  told?: ToldAround;
}

/** What a pickle of tensors and plain data holds. Nothing more is read. */
export function pickledContents(format: FormatName, pickled: Pickled): Contents {
  const { root, names, around, problems, part = null, entries = [], damage = null } = pickled;
  const list = listTensors(root, around, part);
  return {
    format,
    ...notesOf(root, pickled.told),
    entries: [...describeEntries(root, list.counts, list.rebuild), ...entries],
    tensors: list.tensors,
    optimizers: findOptimizers(root),
    pickled: { root, around },
    stopped: damage ? { why: damage.message, state: damage.state } : list.stopped,
    ...describeLoading(names),
    problems: [...problems, ...list.problems],
  };
}
