import { IconChevronLeft } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { workspaceAround } from '../session/session-state.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';

/** The way back to the folder of runs that a run is in, where that is open. */
export function WorkspaceLink({ run }: { run: RunSummary }) {
  const session = useSession();
  const workspace = useSessionPart((state) => workspaceAround(state, run));
  if (!workspace) return null;
  const name = visibleText(workspace.name);
  return (
    <button
      type="button"
      className="run-workspace"
      title={`All runs in ${visibleText(workspace.folder)}`}
      aria-label={`All runs in ${name}`}
      onClick={() => session.show(workspace.workspaceId)}
    >
      <IconChevronLeft size={14} stroke={2} aria-hidden />
      <bdi>{name}</bdi>
    </button>
  );
}
