import { IconFolders, IconX } from '@tabler/icons-react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { closeWorkspace } from '../leaving/close-open.ts';
import { useSession } from '../session/useSession.ts';

interface Props {
  workspace: WorkspaceSummary;
  current: boolean;
}

export function OpenWorkspace({ workspace, current }: Props) {
  const session = useSession();
  const { workspaceId, name, folder, state, runCount } = workspace;
  return (
    <li className="run-item" data-current={current || undefined} data-missing={state === 'gone' || undefined}>
      <button
        type="button"
        className="run-open"
        aria-current={current ? 'true' : undefined}
        title={state === 'gone' ? `${visibleText(folder)}\nThe folder is gone` : visibleText(folder)}
        onClick={() => session.show(workspaceId)}
      >
        <IconFolders className="recent-icon" size={13} stroke={1.75} aria-hidden />
        <bdi className="run-name">{visibleText(name)}</bdi>
        <span className="run-count">{formatCount(runCount)}</span>
      </button>
      <button
        type="button"
        className="run-close"
        aria-label={`Close ${visibleText(name)}`}
        title="Close this folder of runs"
        onClick={() => void closeWorkspace(session, workspaceId)}
      >
        <IconX size={14} stroke={2} aria-hidden />
      </button>
    </li>
  );
}
