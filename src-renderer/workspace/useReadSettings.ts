import { useCallback, useMemo } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { type ReadSettings, readColumns, runsToRead } from '../../shared/statistics/settings-of-runs.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';

const nothing: ReadSettings = new Map();

/**
 * What those of these runs were trained with that Hydra says nothing of, as far as it stands in their files: read when this is first shown, and
 * for other runs.
 */
export function useReadSettings(
  workspaceId: string,
  runs: readonly WorkspaceRun[],
): { read: ReadSettings; waiting: boolean; failure: Failure | null } {
  // By value: runs are told anew whenever anything of them changes.
  const wanted = JSON.stringify(runsToRead(runs).map(({ handle, best }) => [handle, best]));
  const handles = useMemo(
    () => (JSON.parse(wanted) as [number, unknown][]).map(([handle]) => handle),
    [wanted],
  );
  const ask = useCallback(async (): Promise<Result<ReadSettings>> => {
    if (handles.length === 0) return { ok: true, value: nothing };
    const answer = await window.cairn.request('readRunSettings', { workspaceId, runs: [...handles] });
    return answer.ok ? { ok: true, value: readColumns(handles, answer.value) } : answer;
  }, [workspaceId, handles]);
  const { value, waiting, failure } = useAnswer(ask);
  return { read: value ?? nothing, waiting, failure };
}
