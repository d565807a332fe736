import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { nameInVersion } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { EndKept } from '../format/EndKept.tsx';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber, formatCount } from '../format/format-number.ts';
import { versionsAre } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { closeRun } from '../leaving/close-open.ts';
import { useSession } from '../session/useSession.ts';
import { watchWords } from '../status/watch-words.ts';

interface Props {
  run: RunSummary;
  /** What tells it from the others that are open. */
  name: string;
  current: boolean;
}

export function OpenRun({ run, name, current }: Props) {
  const session = useSession();
  const { runId, folder, versionCount, wrongCount, bestValue, metric, watch, loading } = run;
  const ranking = nameInVersion(metric.name, session.knownStoreOf(runId)?.snapshot().list.best ?? null);
  const wrong = `${versionsAre(wrongCount)} not intact`;
  return (
    <li className="run-item" data-current={current || undefined}>
      <button
        type="button"
        className="run-open"
        aria-current={current ? 'true' : undefined}
        title={`${visibleText(folder)}\n${watchWords(run)}`}
        onClick={() => session.show(runId)}
      >
        <span className="watch-dot" data-watch={watch.state} aria-hidden="true" />
        <bdi className="run-name">
          <EndKept name={visibleText(name)} />
        </bdi>
        <span className="run-count">{formatCount(versionCount)}</span>
        <span className="run-facts">
          {bestValue !== null && (
            <span title={`The best by ${visibleText(ranking)}: ${exactNumber(bestValue)}`}>
              best {formatMetric(metric.name, bestValue, true)}
              {loading && ' so far'}
            </span>
          )}
          {wrongCount > 0 && (
            <b role="img" aria-label={wrong} title={wrong}>
              <IconAlertTriangle size={11} stroke={2} aria-hidden /> {formatCount(wrongCount)}
            </b>
          )}
        </span>
      </button>
      <button
        type="button"
        className="run-close"
        aria-label={`Close ${visibleText(name)}`}
        title="Close this run"
        onClick={() => void closeRun(session, runId)}
      >
        <IconX size={14} stroke={2} aria-hidden />
      </button>
    </li>
  );
}
