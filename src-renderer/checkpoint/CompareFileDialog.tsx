import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { DiffView } from '../../shared/model/contents-view.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { DiffReport } from '../compare/DiffReport.tsx';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { visibleText } from '../format/visible-text.ts';
import '../compare/compare.css';

interface Props {
  checkpoint: CheckpointFile;
  opened: boolean;
  onClose: () => void;
}

/** Compares a file with another, which the system asks for. */
export function CompareFileDialog({ opened, onClose, checkpoint }: Props) {
  return (
    <Dialog title="Compare weights" width={1000} opened={opened} onClose={onClose}>
      <Compare checkpoint={checkpoint} />
    </Dialog>
  );
}

function Compare({ checkpoint: { checkpointId, name, path } }: { checkpoint: CheckpointFile }) {
  const { start, ...work } = useWork<DiffView>();
  const [other, setOther] = useState<{ name: string; path: string } | null>(null);
  const choose = () =>
    start(async () => {
      const begun = await window.cairn.request('compareCheckpoint', { checkpointId });
      if (begun.ok) setOther(begun.value.other);
      return begun;
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, as the dialog opens
  useEffect(choose, []);
  return (
    <>
      <p className="dialog-hint">
        From <b>{visibleText(name)}</b>
        {other && (
          <>
            {' '}
            to <b>{visibleText(other.name)}</b>
          </>
        )}
      </p>
      {other && <CommandLine calls={[{ command: 'diff', words: [path, other.path] }]} />}
      {work.running && other && <WorkBar words="Comparing" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {!work.running && work.value && <DiffReport diff={work.value} />}
      {!work.running && !work.value && !work.failure && <p className="dialog-hint">Nothing was compared.</p>}
      {!work.running && (
        <div className="dialog-foot">
          <Button variant="default" onClick={choose}>
            Choose another file…
          </Button>
        </div>
      )}
    </>
  );
}
