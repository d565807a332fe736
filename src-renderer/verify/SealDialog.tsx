import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { plural } from '../format/plural.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { useTask } from '../tasks/useTask.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  run: RunSummary;
  snapshot: VersionsSnapshot;
  opened: boolean;
  onClose: () => void;
}

export function SealDialog({ run, snapshot, opened, onClose }: Props) {
  return (
    <Dialog title="Seal this run" width={560} opened={opened} onClose={onClose}>
      <Seal run={run} snapshot={snapshot} onClose={onClose} />
    </Dialog>
  );
}

/** Says what sealing does and what it does not, and does it. */
function Seal({ run: { runId, folder }, snapshot: { list }, onClose }: Omit<Props, 'opened'>) {
  const task = useTask();
  let without = 0;
  for (const { checksum } of list.rows()) if (checksum === null) without += 1;
  const seal = () =>
    task.run<{ sealed: number }>(
      () => window.cairn.request('sealRun', { runId }),
      ({ sealed }, isShown) => {
        if (isShown) onClose();
        notifications.show({
          message:
            sealed === 0 ? 'Every file has a checksum, or is broken' : `${plural(sealed, 'file')} sealed`,
        });
      },
    );
  return (
    <>
      <p className="dialog-summary" role="status">
        {without === 0
          ? 'Every version has a checksum on record.'
          : `${plural(without, 'version has', 'versions have')} no checksum on record.`}
      </p>
      <p className="dialog-hint">
        Cairn reads them whole, with what goes with them, and writes the SHA-256 of each file that has none on
        record to <b>SHA256SUMS</b> in the run, which <b>sha256sum -c</b> reads too. From then on verifying
        notices when a byte changes.
      </p>
      <p className="dialog-hint">
        It cannot tell whether a file was damaged before today, it leaves out files that are broken, and it
        changes neither models nor their records.
      </p>
      <CommandLine calls={[{ command: 'seal', words: [folder] }]} />
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure} />
      <div className="dialog-foot">
        <Button variant="default" data-autofocus onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button loading={task.running} onClick={seal}>
          Seal
        </Button>
      </div>
    </>
  );
}
