import { IconFile, IconX } from '@tabler/icons-react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';

interface Props {
  checkpoint: CheckpointFile;
  current: boolean;
}

export function OpenCheckpoint({ checkpoint: { checkpointId, name, path, size }, current }: Props) {
  const session = useSession();
  return (
    <li className="run-item" data-current={current || undefined} data-missing={size === null || undefined}>
      <button
        type="button"
        className="run-open"
        aria-current={current ? 'true' : undefined}
        title={size === null ? `${visibleText(path)}\nThe file is gone` : visibleText(path)}
        onClick={() => session.show(checkpointId)}
      >
        <IconFile className="recent-icon" size={13} stroke={1.75} aria-hidden />
        <bdi className="run-name">{visibleText(name)}</bdi>
      </button>
      <button
        type="button"
        className="run-close"
        aria-label={`Close ${visibleText(name)}`}
        title="Close this file"
        onClick={() => void session.closeCheckpoint(checkpointId)}
      >
        <IconX size={14} stroke={2} aria-hidden />
      </button>
    </li>
  );
}
