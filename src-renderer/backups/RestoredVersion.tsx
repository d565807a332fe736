import { useEffect } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { RestoreChange, RestoredDifference } from '../../shared/ipc/writing-contract.ts';
import { DiffReport } from '../compare/DiffReport.tsx';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import './backups.css';

interface Props {
  request: Requests['compareRestored']['input'];
  change: RestoreChange | undefined;
}

/** What restoring changes of one version: its files, metrics, and tensors as far as both can be read in time. */
export function RestoredVersion({ request, change }: Props) {
  const { start, ...work } = useWork<RestoredDifference>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another of these
  useEffect(() => {
    if (change?.action === 'replace') start(() => window.cairn.request('compareRestored', request));
  }, []);
  if (!change) return null;
  const names = change.files.map((file) => visibleText(file.slice(file.lastIndexOf('/') + 1)));
  return (
    <section className="restored-version" aria-label="What changes in this version">
      <p>
        {change.action === 'same' ? 'Already the same' : change.action === 'create' ? 'Brings' : 'Replaces'}:{' '}
        <bdi>{names.join(', ')}</bdi>, {formatBytes(change.bytes)}.
      </p>
      {work.running && <WorkBar words="Comparing" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {work.value && <Difference {...work.value} />}
    </section>
  );
}

function Difference({ metrics, diff, why }: RestoredDifference) {
  return (
    <>
      {metrics.length > 0 && (
        <table className="restored-metrics">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">Now</th>
              <th scope="col">In the backup</th>
            </tr>
          </thead>
          <tbody>
            {metrics.map(({ name, now, backup }) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{visibleText(name)}</bdi>
                </th>
                <td>{valueText(now ?? 'none')}</td>
                <td>{valueText(backup ?? 'none')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {metrics.length === 0 && <p className="record-dim">No metric on record changes.</p>}
      {diff ? (
        <DiffReport diff={diff} />
      ) : (
        <p className="record-dim">Weights were not compared: {visibleText(why ?? '')}.</p>
      )}
    </>
  );
}
