import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { SealedRun } from '../../shared/ipc/writing-contract.ts';
import { nameOfVersion } from '../../shared/model/name-of-version.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { LeftOutList } from '../dialogs/LeftOutList.tsx';
import { leftOutWords, plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
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

/** Says what sealing does and what it does not, and does it; what was left out is said before the dialog goes. */
function Seal({ run: { runId, folder }, snapshot: { list }, onClose }: Omit<Props, 'opened'>) {
  const task = useTask();
  const [sealed, setSealed] = useState<SealedRun | null>(null);
  let without = 0;
  for (const { checksum } of list.rows()) if (checksum === null) without += 1;
  const seal = () =>
    task.run<SealedRun>(
      () => window.cairn.request('sealRun', { runId }),
      (done, isShown) => {
        if (isShown && done.leftOut.length > 0) return setSealed(done);
        if (isShown) onClose();
        notifications.show({ message: sealedWords(done) });
      },
    );
  if (sealed) return <SealedReport sealed={sealed} onClose={onClose} />;
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

/** What got a checksum, and why the rest did not. */
function SealedReport({ sealed, onClose }: { sealed: SealedRun; onClose: () => void }) {
  const named = sealed.leftOut.map((version) => ({
    ...version,
    label: visibleText(nameOfVersion(version.id)),
  }));
  return (
    <>
      <p className="dialog-summary" role="status">
        {sealedWords(sealed)}.
      </p>
      <LeftOutList versions={named} />
      <div className="dialog-foot">
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}

function sealedWords({ sealed, leftOut }: SealedRun): string {
  if (sealed === 0 && leftOut.length === 0) return 'Every file has a checksum';
  return `${sealed === 0 ? 'Nothing was sealed' : `${plural(sealed, 'file')} sealed`}${leftOutWords(leftOut)}`;
}
