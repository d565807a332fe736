import { useMemo } from 'react';
import { chooseRows } from '../../shared/comparison/choose-rows.ts';
import { compareVersions } from '../../shared/comparison/compare-versions.ts';
import { knownDirection } from '../../shared/model/metric.ts';
import type { Sides } from './SideBySideFrame.tsx';
import { type ShownLine, shownLines } from './shown-lines.ts';
import { useComparedVersions } from './useComparedVersions.ts';

/** The lines of the table, as far as the records of the versions are there. */
export function useLines({ run, rows, choice }: Sides): ShownLine[] {
  const versions = useComparedVersions(run.runId, rows);
  const { metric, choices } = run;
  const sections = useMemo(
    () => compareVersions(versions, (name) => knownDirection(name, { metric, choices })),
    [versions, metric, choices],
  );
  return useMemo(() => shownLines(chooseRows(sections, choice)), [sections, choice]);
}
