import { useEffect, useMemo } from 'react';
import type { Call } from '../../shared/command/equivalent-command.ts';
import type { DriftView } from '../../shared/model/contents-view.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { MeasuredVersion } from '../../shared/statistics/summarise-drift.ts';
import { viewDrift } from '../../shared/statistics/view-drift.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { useParts } from '../contents/useParts.ts';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionList } from '../versions/version-list.ts';
import { DriftReport } from './DriftReport.tsx';
import './compare.css';

interface Props {
  run: RunSummary;
  store: RunStore;
  opened: boolean;
  onClose: () => void;
}

export function DriftDialog({ run, store, opened, onClose }: Props) {
  return (
    <Dialog title="Layers over the run" width={860} opened={opened} onClose={onClose}>
      <Measured run={run} store={store} onShow={onClose} />
    </Dialog>
  );
}

interface MeasuredProps extends Pick<Props, 'run' | 'store'> {
  onShow: () => void;
}

function Measured({ run: { runId, folder }, store, onShow }: MeasuredProps) {
  const { list } = store.snapshot();
  const { start, ...work } = useWork<DriftView>();
  const parts = useParts<MeasuredVersion<number>>(work.task);
  const soFar = useMemo(() => (parts.length === 0 ? null : viewDrift(parts, 0)), [parts]);
  useEffect(() => start(() => window.cairn.request('measureRun', { runId })), [start, runId]);
  const drift = work.value ?? soFar;
  const total = work.value ? 0 : (work.task?.filesTotal ?? 0);
  return (
    <>
      <p className="dialog-hint">L2 norm of each layer’s weights, version by version.</p>
      {work.running && <WorkBar words="Measuring every version" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {drift && (
        <DriftReport drift={drift} store={store} measuring={work.running} total={total} onShow={onShow} />
      )}
      {!work.running && drift && <CommandLine calls={inspectCalls(folder, drift, list)} />}
      {!work.running && !drift && !work.failure && <p className="dialog-hint">Nothing was measured.</p>}
    </>
  );
}

/** Each version that was measured: its norms are in the column L2. */
function inspectCalls(folder: string, { versions }: DriftView, list: VersionList): Call[] {
  return versions
    .flatMap((handle) => list.get(handle) ?? [])
    .map(({ id }) => ({ command: 'inspect', options: ['--stats'], words: [`${folder}/${id}`] }));
}
