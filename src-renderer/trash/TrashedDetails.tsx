import { useCallback, useState } from 'react';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { JsonSection } from '../details/JsonSection.tsx';
import { MetricLines } from '../details/MetricLines.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { RecordFacts } from '../records/RecordFacts.tsx';
import { WritingButton } from '../run/WritingButton.tsx';
import { recordedMetrics } from './recorded-metrics.ts';
import { reasonWords, unlistedWords } from './trash-words.ts';

/** A run may log thousands of metrics; the sidecar below has all of them. */
const listed = 60;

interface Props {
  run: RunSummary;
  trashed: Trashed;
  busy: boolean;
  onBringBack: () => void;
  onDelete: () => void;
}

/** One operation: what of it lies in the trash, a version at a time, and what can be done with it. */
export function TrashedDetails({ run, trashed, busy, onBringBack, onDelete }: Props) {
  const { runId, folder, readOnly } = run;
  const { operation, reason, at, versionCount, bytes, automatic } = trashed;
  const shown = useAnswer(
    useCallback(() => window.cairn.request('showTrashed', { runId, operation }), [runId, operation]),
  );
  const [place, setPlace] = useState(0);
  const versions = shown.value?.versions ?? [];
  const button = { readOnly, disabled: busy };
  return (
    <>
      <h2>{reasonWords(reason)}</h2>
      <div className="record-buttons">
        <WritingButton {...button} onClick={onBringBack}>
          Bring back
        </WritingButton>
        <WritingButton {...button} variant="default" onClick={onDelete}>
          Delete for good…
        </WritingButton>
      </div>
      <RecordFacts
        facts={[
          ['When', <TimeText key="when" at={at} />],
          ['By', shown.value && visibleText(shown.value.who)],
          ['Versions', plural(versionCount, 'version')],
          ['Size of the files', `${formatBytes(bytes)} (${exactBytes(bytes)})`],
          ['Stays', automatic ? 'Within the limits in Settings' : 'Until you delete it for good'],
          ['Operation', operation],
        ]}
      />
      <DialogFailure failure={shown.failure} />
      {versions.length > 0 && (
        <>
          <ul className="record-parts" aria-label="Versions in the trash">
            {versions.map((version, index) => (
              <li key={version.id}>
                <button type="button" aria-pressed={index === place} onClick={() => setPlace(index)}>
                  <bdi title={visibleText(version.id)}>{versionLabel(version)}</bdi>
                  <span>{formatBytes(version.bytes)}</span>
                </button>
              </li>
            ))}
          </ul>
          {versionCount > versions.length && (
            <p className="record-dim">{unlistedWords(versionCount - versions.length)}</p>
          )}
          <TrashedRecord run={run} operation={operation} version={place} />
        </>
      )}
      <CommandLine calls={[{ command: 'undo', words: [folder, operation] }]} />
    </>
  );
}

/** What the record beside a version in the trash says of it. */
function TrashedRecord({ run, operation, version }: { run: RunSummary; operation: string; version: number }) {
  const { runId, metric } = run;
  const { value, waiting } = useAnswer(
    useCallback(
      () => window.cairn.request('showTrashedVersion', { runId, operation, version }),
      [runId, operation, version],
    ),
  );
  if (waiting || value === null) return null;
  if (value.json === null) return <p className="record-dim">This version has no record beside it.</p>;
  const sidecar: unknown = JSON.parse(value.json);
  return (
    <section aria-label="Record of the version">
      <MetricLines metrics={recordedMetrics(sidecar).slice(0, listed)} chosenBy={metric.name} />
      <JsonSection title="Sidecar" value={sidecar} />
    </section>
  );
}
