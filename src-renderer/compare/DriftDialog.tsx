import { useEffect } from 'react';
import type { Call } from '../../shared/command/equivalent-command.ts';
import type { DriftView } from '../../shared/model/contents-view.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import type { VersionList } from '../versions/version-list.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { DriftReport } from './DriftReport.tsx';
import './compare.css';

interface Props {
  run: RunSummary;
  snapshot: VersionsSnapshot;
  opened: boolean;
  onClose: () => void;
}

export function DriftDialog({ run, snapshot, opened, onClose }: Props) {
  return (
    <Dialog title="Layers over the run" width={860} opened={opened} onClose={onClose}>
      <Measured run={run} snapshot={snapshot} />
    </Dialog>
  );
}

function Measured({ run: { runId, folder }, snapshot: { list } }: Pick<Props, 'run' | 'snapshot'>) {
  const { start, ...work } = useWork<DriftView>();
  useEffect(() => start(() => window.cairn.request('measureRun', { runId })), [start, runId]);
  return (
    <>
      <p className="dialog-hint">
        How large the weights of each layer are (their L2 norm), from version to version.
      </p>
      {work.running && <WorkBar words="Measuring every version" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {!work.running && work.value && (
        <>
          <DriftReport drift={work.value} list={list} />
          <CommandLine calls={inspectCalls(folder, work.value, list)} />
        </>
      )}
      {!work.running && !work.value && !work.failure && <p className="dialog-hint">Nothing was measured.</p>}
    </>
  );
}

/** Each version that was measured: its norms are in the column L2. */
function inspectCalls(folder: string, { versions }: DriftView, list: VersionList): Call[] {
  return versions
    .flatMap((handle) => list.get(handle) ?? [])
    .map(({ id }) => ({ command: 'inspect', options: ['--stats'], words: [`${folder}/${id}`] }));
}
