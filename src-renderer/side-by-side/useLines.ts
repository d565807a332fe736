import { useMemo } from 'react';
import { chooseRows } from '../../shared/comparison/choose-rows.ts';
import { compareVersions } from '../../shared/comparison/compare-versions.ts';
import { agreedDirection } from '../../shared/model/metric.ts';
import type { Sides } from './SideBySideFrame.tsx';
import { type ShownLine, shownLines } from './shown-lines.ts';
import { useComparedVersions } from './useComparedVersions.ts';

/** The lines of the table, as far as the records of the versions are there. */
export function useLines({ runs, rows, choice }: Sides): ShownLine[] {
  const versions = useComparedVersions(rows);
  const sections = useMemo(() => {
    const own = runs.ofAll(rows);
    return compareVersions(versions, (name) => agreedDirection(name, own));
  }, [versions, runs, rows]);
  return useMemo(() => shownLines(chooseRows(sections, choice)), [sections, choice]);
}
