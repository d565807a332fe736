import { Button } from '@mantine/core';
import type { IntegrityState } from '../../shared/model/integrity.ts';
import { measuredValue } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { BestBlock } from '../best/BestBlock.tsx';
import { isUndecided } from '../best/is-undecided.ts';
import { MetricButton } from '../best/MetricButton.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { formatMetric } from '../format/format-metric.ts';
import { exactNumber, formatCount } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import { IntegrityMark } from '../table/IntegrityMark.tsx';
import { integrityRank } from '../table/integrity-words.ts';
import { rankingWords } from '../table/ranking-words.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Fact } from './Fact.tsx';
import { LayoutFacts } from './LayoutFacts.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  onDrift: () => void;
}

/** The run at a glance, while no version is selected. */
export function RunOverview({ run, store, snapshot, onDrift }: Props) {
  const { list, counts, total } = snapshot;
  const best = list.best && measuredValue(list.best, run.metric.name);
  const choose = (row: VersionRow | null) =>
    row ? (
      <button type="button" className="link" onClick={() => store.select(row.handle)}>
        {versionLabel(row)}
      </button>
    ) : (
      'none yet'
    );
  // A run that is still being read may have better ones, and later ones.
  const soFar = run.loading && total > 0 && <span className="so-far"> so far</span>;
  return (
    <div className="details-body">
      <dl className="facts">
        <Fact name="Best">
          {isUndecided(run, snapshot) ? (
            <>
              no version has a reward: <MetricButton run={run} snapshot={snapshot} />
            </>
          ) : (
            <>
              {choose(list.best)}
              {best !== null && <b title={exactNumber(best)}> · {formatMetric(run.metric.name, best)}</b>}
              {soFar} by {rankingWords(run.metric)}
            </>
          )}
        </Fact>
        <Fact name="Latest">
          {choose(list.latest)}
          {soFar}
        </Fact>
        {run.recognised && (
          <LayoutFacts recognised={run.recognised} list={list} onShow={(handle) => store.select(handle)} />
        )}
        <Fact name="Versions">
          {formatCount(total)}, {formatBytes(run.totalBytes)}
        </Fact>
        <Fact name="Config">{visibleText(run.configSource ?? 'none found, so the defaults hold')}</Fact>
        <Fact name="Integrity">
          {worstFirst(counts).map(([state, count]) => (
            <span key={state} className="overview-state">
              <IntegrityMark state={state} cause={null} /> {formatCount(count)}
            </span>
          ))}
        </Fact>
      </dl>
      {!run.loading && <BestBlock run={run} store={store} />}
      {total > 0 && (
        <Button variant="default" className="overview-action" onClick={onDrift}>
          Layers over the run…
        </Button>
      )}
      <p className="overview-hint">Select a version to see its details.</p>
    </div>
  );
}

function worstFirst(counts: VersionsSnapshot['counts']): [IntegrityState, number][] {
  return [...counts].sort(([a], [b]) => integrityRank({ state: a }) - integrityRank({ state: b }));
}
