import type { RunSummary } from '../../shared/model/run.ts';
import { MetricButton } from '../best/MetricButton.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';

export function RunHeader({ run, metrics }: { run: RunSummary; metrics: readonly MetricInfo[] }) {
  const { name, folder, watch } = run;
  return (
    <header className="run-header">
      <h1>
        <bdi>{visibleText(name)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {watch.state === 'gone' && <b> is gone: this is what was last known of it</b>}
      </bdi>
      <MetricButton run={run} metrics={metrics} />
    </header>
  );
}
