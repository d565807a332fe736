import type { DiffView } from '../../shared/model/contents-view.ts';
import { formatCount } from '../format/format-number.ts';

type Counted = Pick<
  DiffView['tensors'],
  'changed' | 'identical' | 'added' | 'removed' | 'equal' | 'not_compared'
>;

/** How many tensors are what; what is rare is told where there is any. */
export function countDifferences(tensors: Counted): string {
  const { changed, identical, added, removed, equal, not_compared: unknown } = tensors;
  const always = [
    [changed.length, 'changed'],
    [identical, 'identical'],
    [added.length, 'added'],
    [removed.length, 'removed'],
  ] as const;
  const rare = [
    [equal.length, 'equal in other bytes'],
    [unknown.length, 'could not be compared'],
  ] as const;
  return [...always, ...rare.filter(([count]) => count > 0)]
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(', ');
}

/** A problem of one of the two as the window calls them: documents call them `a` and `b`. */
export function problemOfSide(problem: string): string {
  const [, side, text = ''] = /^([ab]): (.*)$/s.exec(problem) ?? [];
  return side === undefined ? problem : `${side === 'a' ? 'From' : 'To'}: ${text}`;
}
