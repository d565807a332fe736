import { IconLock } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { bestBadge } from '../table/columns.ts';
import { readOnlyWords } from './read-only-words.ts';

export function RunHeader({ run }: { run: RunSummary }) {
  const { name, folder, metric, configSource, watch, readOnly } = run;
  const chosenBy =
    configSource === null ? 'The run’s config names none, so this is Cairn’s default.' : configSource;
  return (
    <header className="run-header">
      <h1>
        <bdi>{visibleText(name)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {watch.state === 'gone' && <b> is gone: this is what was last known of it</b>}
      </bdi>
      {readOnly && (
        <span className="run-read-only" title={readOnlyWords}>
          <IconLock size={13} stroke={2} aria-hidden /> Read-only: no pruning, restoring or trash
        </span>
      )}
      <span
        className="run-metric"
        title={`The best version is chosen by this metric. ${visibleText(chosenBy)}`}
      >
        best by <b>{bestBadge(metric)}</b>
      </span>
    </header>
  );
}
