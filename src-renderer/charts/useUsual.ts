import { useMemo, useRef } from 'react';
import type { VersionList } from '../versions/version-list.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { Directions } from './useDirections.ts';
import { type Usual, usualOf } from './usual-measures.ts';

/** What charts show until somebody chooses otherwise; the same object for as long as that is the same. */
export function useUsual(
  measures: readonly ChartMeasure[],
  list: VersionList,
  { isFixed }: Pick<Directions, 'isFixed'>,
): Usual {
  const [first] = measures;
  // Another array as soon as any version is another.
  const revision = first && list.numbers(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for what the list holds
  const usual = useMemo(() => usualOf(measures, list, isFixed), [measures, list, revision, isFixed]);
  const kept = useRef(usual);
  if (JSON.stringify(kept.current) !== JSON.stringify(usual)) kept.current = usual;
  return kept.current;
}
