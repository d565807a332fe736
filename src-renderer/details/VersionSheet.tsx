import { isProblem } from '../../shared/model/integrity.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { RestoreOffer } from '../backups/RestoreOffer.tsx';
import { isRepairable } from '../convert/is-repairable.ts';
import { RepairOffer } from '../convert/RepairOffer.tsx';
import { MarksSection } from '../marks/MarksSection.tsx';
import { goneWords } from '../run/gone-words.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { useSameAs } from '../versions/useSameAs.ts';
import { Facts } from './Facts.tsx';
import { IntegrityBlock } from './IntegrityBlock.tsx';
import { JsonSection } from './JsonSection.tsx';
import { MetricList } from './MetricList.tsx';
import { metricSources } from './metric-sources.ts';
import { useVersionDetails } from './useVersionDetails.ts';
import { VersionActions } from './VersionActions.tsx';
import { isCut } from './version-details.ts';

interface Props {
  run: RunSummary;
  row: VersionRow;
  /** What is wrong in its file, as far as that was looked into. */
  inFile: readonly string[];
  actions: RunActions;
}

/** What files say, as they say it. */
const parts = [
  ['Training state', 'training_state'],
  ['Metrics as written', 'metrics'],
  ['Sidecar', 'sidecar'],
] as const;

/** Everything known of one version: at once what the table knows, then what only its files tell. What is wrong comes first. */
export function VersionSheet({ run, row, inFile, actions }: Props) {
  const session = useSession();
  const details = useVersionDetails(run.runId, row);
  const same = useSameAs(row);
  const isWrong = isProblem(row.integrity.state) || row.problems.length + inFile.length > 0;
  return (
    <>
      <VersionActions run={run} row={row} actions={actions} />
      {isWrong && (
        <IntegrityBlock row={row} inFile={inFile}>
          {isProblem(row.integrity.state) && (
            <RestoreOffer run={run} row={row} onRestore={() => actions.open('restore', [row])} />
          )}
          {isRepairable(row.integrity) && <RepairOffer onRepair={() => actions.open('repair', [row])} />}
        </IntegrityBlock>
      )}
      <MetricList row={row} chosenBy={run.metric.name} sources={metricSources(details)} />
      {!isWrong && (
        <IntegrityBlock row={row}>
          <VerifyButton run={run} row={row} />
        </IntegrityBlock>
      )}
      <MarksSection store={session.storeOf(run.runId)} rows={[row]} />
      <Facts run={run} row={row} details={details} same={same} />
      {parts.map(([title, part]) => (
        <JsonSection
          key={part}
          title={title}
          value={details?.get(part)}
          open={part === 'training_state'}
          isCut={isCut(details, part)}
        />
      ))}
    </>
  );
}

/** For a version of which it is not known yet whether it is what was saved. */
function VerifyButton({ run, row }: Pick<Props, 'run' | 'row'>) {
  const session = useSession();
  const { state, checked_at: checkedAt } = row.integrity;
  if (state !== 'unverified' && (state !== 'unsealed' || checkedAt !== null)) return null;
  return (
    <ReasonButton
      why={goneWords(run)}
      variant="default"
      size="compact-xs"
      className="integrity-action"
      title="Read every byte of this version"
      onClick={() => void session.verify(run.runId, [row])}
    >
      Verify
    </ReasonButton>
  );
}
