import { useCallback, useState } from 'react';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { visibleText } from '../format/visible-text.ts';
import type { BackupPlace } from './PlaceField.tsx';

interface ChosenPlace {
  /** Null for with the run. */
  place: BackupPlace | null;
  /** Why the place of the settings is not used, until another is chosen. */
  problem: string | null;
  /** Whether it is known yet where backups go. */
  known: boolean;
  choose: (place: BackupPlace | null) => void;
}

/** Where a backup of a run is to go: where the settings say, until something else is chosen. */
export function useBackupPlace(runId: string): ChosenPlace {
  const [chosen, choose] = useState<BackupPlace | null | undefined>(undefined);
  const { value, waiting } = useAnswer(
    useCallback(() => window.cairn.request('defaultBackupPlace', { runId }), [runId]),
  );
  if (chosen !== undefined) return { place: chosen, problem: null, known: true, choose };
  const { place = null, shown = '', problem = null } = value ?? {};
  return {
    place: place === null ? null : { place, shown },
    problem:
      problem === null
        ? null
        : `Your place for backups, ${visibleText(shown)}, is not used, as ${visibleText(problem)}. This one goes with the run.`,
    known: !waiting,
    choose,
  };
}
