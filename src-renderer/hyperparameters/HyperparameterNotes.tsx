import { useSyncExternalStore } from 'react';
import type { ChartMeasure } from '../charts/chart-measures.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { whatIsMissing } from './hyperparameter-measures.ts';
import { hyperparametersOf } from './run-hyperparameters.ts';

interface Props {
  store: RunStore;
  snapshot: VersionsSnapshot;
  /** What a chart shows. */
  measures: readonly ChartMeasure[];
}

/** Of which versions it is not known how they were trained, as far as a chart shows that; while it is read, how far that is. */
export function HyperparameterNotes({ store, snapshot: { list, total }, measures }: Props) {
  const run = hyperparametersOf(store);
  const { left, total: asked, failure } = useSyncExternalStore(run.subscribe, run.snapshot);
  const shown = measures.flatMap((measure) =>
    measure.hyperparameter === null ? [] : [{ measure, column: run.column(measure.hyperparameter) }],
  );
  if (shown.length === 0) return null;
  const notes = shown.flatMap(
    ({ measure, column }) => whatIsMissing(measure, column, list.numbers(measure), total) ?? [],
  );
  return (
    <p className="chart-hint" role="status">
      {failure && <span>Hyperparameters cannot be read: {visibleText(failure.message)}</span>}
      {left > 0 ? (
        <span>
          Reading hyperparameters: {formatCount(asked - left)} of {formatCount(asked)} versions…
        </span>
      ) : (
        notes.map((note) => <span key={note}>{note} </span>)
      )}
    </p>
  );
}
