import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { bestBadge } from '../table/columns.ts';

export function RunHeader({ run: { name, folder, metric, configSource, watch } }: { run: RunSummary }) {
  const chosenBy = configSource === null ? 'No config chooses it; this is the default.' : configSource;
  return (
    <header className="run-header">
      <h1>
        <bdi>{visibleText(name)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {watch.state === 'gone' && <b> is gone: this is what was last known of it</b>}
      </bdi>
      <span
        className="run-metric"
        title={`The best version is chosen by this metric. ${visibleText(chosenBy)}`}
      >
        best by <b>{bestBadge(metric)}</b>
      </span>
    </header>
  );
}
