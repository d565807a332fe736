import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { formatCount } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { rankingWords } from '../table/ranking-words.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import type { OverallBest, RunBest } from './overall-best.ts';

interface Props {
  bests: readonly (RunBest & { run: RunSummary })[];
  overall: OverallBest;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
}

/** The runs at a glance, while no version is chosen: the best of each, and of all where that can be said. */
export function RunsOverview({ bests, overall, store, snapshot }: Props) {
  const session = useSession();
  return (
    <div className="details-body">
      <dl className="facts">
        <div className="fact">
          <dt>Best of all</dt>
          <dd>
            {overall.best ? (
              <>
                <Chosen row={overall.best} store={store} /> of{' '}
                <bdi>{bests.find(({ run }) => run.runId === overall.best.runId)?.name}</bdi>
              </>
            ) : (
              overall.why
            )}
          </dd>
        </div>
        <div className="fact">
          <dt>Versions</dt>
          <dd>
            {formatCount(snapshot.total)} of {plural(bests.length, 'run')}
          </dd>
        </div>
      </dl>
      <ul className="runs-overview" aria-label="Runs">
        {bests.map(({ run, name, metric, best }) => (
          <li key={run.runId}>
            <button type="button" className="link" onClick={() => session.show(run.runId)}>
              <bdi>{name}</bdi>
            </button>
            <p>
              {plural(run.versionCount, 'version')}
              {best ? (
                <>
                  , best <Chosen row={best} store={store} /> by {rankingWords(metric)}
                </>
              ) : (
                `, no best by ${rankingWords(metric)}`
              )}
            </p>
            <FailureOf runId={run.runId} />
          </li>
        ))}
      </ul>
      <p className="overview-hint">
        Select a version to see its details. Backups, trash and history are pages of each run.
      </p>
    </div>
  );
}

function Chosen({ row, store }: { row: VersionRow; store: VersionsStore }) {
  return (
    <button type="button" className="link" onClick={() => store.showVersion(row.handle)}>
      {versionLabel(row)}
    </button>
  );
}

/** A run that cannot be read is missing from the table, and that is said. */
function FailureOf({ runId }: { runId: string }) {
  const { failure } = useSession().storeOf(runId).snapshot();
  return failure && <p className="runs-failure">It cannot be read: {visibleText(failure.message)}</p>;
}
