import { useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { useSessionPart } from '../session/useSession.ts';
import { TableRuns } from './table-runs.ts';

/** The runs of a table, named so that they can be told from all that are open. @param runs the same array while nothing changed */
export function useTableRuns(runs: readonly RunSummary[]): TableRuns {
  const open = useSessionPart(({ runs: all }) => all);
  return useMemo(() => new TableRuns(runs, open), [runs, open]);
}
