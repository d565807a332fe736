import { IconX } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { watchWords } from '../status/watch-words.ts';

interface Props {
  run: RunSummary;
  current: boolean;
}

export function OpenRun({ run: { runId, name, folder, versionCount, watch }, current }: Props) {
  const session = useSession();
  return (
    <li className="run-item" data-current={current || undefined}>
      <button
        type="button"
        className="run-open"
        aria-current={current ? 'true' : undefined}
        title={`${visibleText(folder)}\n${watchWords(watch)}`}
        onClick={() => session.show(runId)}
      >
        <span className="watch-dot" data-watch={watch.state} aria-hidden="true" />
        <bdi className="run-name">{visibleText(name)}</bdi>
        <span className="run-count">{formatCount(versionCount)}</span>
      </button>
      <button
        type="button"
        className="run-close"
        aria-label={`Close ${visibleText(name)}`}
        title="Close this run"
        onClick={() => void session.closeRun(runId)}
      >
        <IconX size={14} stroke={2} aria-hidden />
      </button>
    </li>
  );
}
