import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { stemAnew, type WayAnew } from '../../shared/command/name-anew.ts';
import type { ConvertedFile, ForeseenFile } from '../../shared/ipc/convert-contract.ts';
import { WrittenSummary } from '../bridge/WrittenSummary.tsx';
import { Choice } from '../choice/Choice.tsx';
import { CommandLine } from '../command/CommandLine.tsx';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { Foreseen } from './Foreseen.tsx';
import { showConversionStopped } from './show-conversion-stopped.ts';
import './convert.css';

/** A version of a run, or, without `member`, a checkpoint without one; `label` is what it is called, `path` text to show. */
export interface Convertible {
  ownerId: string;
  member: number | null;
  label: string;
  path: string;
}

interface Props {
  subject: Convertible | null;
  act: WayAnew['act'];
  opened: boolean;
  onClose: () => void;
}

/** Has a checkpoint written as another file; or what is left of one that is damaged. */
export function ConvertDialog({ subject, act, opened, onClose }: Props) {
  const doing = act === 'convert' ? 'Convert' : 'Repair';
  return (
    <Dialog
      title={subject ? `${doing} ${subject.label}` : doing}
      width={620}
      opened={opened && subject !== null}
      onClose={onClose}
    >
      {subject && <Convert subject={subject} act={act} onClose={onClose} />}
    </Dialog>
  );
}

const forms = [
  { value: 'safetensors', label: '.safetensors' },
  { value: 'pt', label: '.pt' },
] as const;

const hints = {
  convert:
    'Writes what the checkpoint holds as another file. It stays as it is, nothing in it is executed, and a file that is there is never written over.',
  repair:
    'Writes what is still whole in the checkpoint as another file, which says of itself that it was repaired. The checkpoint stays as it is, and nothing in it is executed.',
};

function Convert({ subject, act, onClose }: Omit<Props, 'opened' | 'subject'> & { subject: Convertible }) {
  const { ownerId, member, path } = subject;
  const [to, setTo] = useState<WayAnew['to']>(path.endsWith('.safetensors') ? 'pt' : 'safetensors');
  const [slim, setSlim] = useState(false);
  const way: WayAnew = { act, to, slim };
  const { start: foresee, ...foreseen } = useWork<ForeseenFile>();
  const { start, ...writing } = useWork<ConvertedFile>(showConversionStopped);
  useEffect(
    () => foresee(() => window.cairn.request('foreseeConversion', { ownerId, member, act, to, slim })),
    [foresee, ownerId, member, act, to, slim],
  );
  const begin = () => start(() => window.cairn.request('convertCheckpoint', { ownerId, member, ...way }));
  return (
    <>
      <p className="dialog-hint">{hints[act]}</p>
      <div className="convert-choices">
        <Choice label="Form" choices={forms} value={to} onChange={setTo} />
        {act === 'convert' && (
          <Checkbox
            size="xs"
            label="Leave the optimizer out"
            checked={slim}
            disabled={writing.running}
            onChange={({ currentTarget }) => setSlim(currentTarget.checked)}
          />
        )}
      </div>
      {foreseen.running && (
        <WorkBar words="Reading the checkpoint" task={foreseen.task} onCancel={foreseen.cancel} />
      )}
      <DialogFailure failure={foreseen.failure} />
      {foreseen.value && <Foreseen file={foreseen.value} />}
      <CommandLine calls={[callFor(path, way)]} />
      {writing.running && (
        <WorkBar words="Writing the other file" task={writing.task} onCancel={writing.cancel} />
      )}
      <DialogFailure failure={writing.failure} />
      {writing.value && <Written file={writing.value} />}
      <Foot
        act={act}
        isReady={foreseen.value !== null}
        isWriting={writing.running}
        isDone={writing.value !== null}
        onBegin={begin}
        onClose={onClose}
      />
    </>
  );
}

interface FootProps {
  act: WayAnew['act'];
  isReady: boolean;
  isWriting: boolean;
  isDone: boolean;
  onBegin: () => void;
  onClose: () => void;
}

function Foot({ act, isReady, isWriting, isDone, onBegin, onClose }: FootProps) {
  return (
    <div className="dialog-foot">
      <Button variant={isDone ? 'filled' : 'default'} data-autofocus onClick={onClose}>
        {isDone ? 'Done' : 'Cancel'}
      </Button>
      <Button
        variant={isDone ? 'default' : 'filled'}
        disabled={!isReady}
        loading={isWriting}
        onClick={onBegin}
      >
        {act === 'convert' ? 'Convert…' : 'Repair…'}
      </Button>
    </div>
  );
}

/** Where the new file goes is asked by the system: here it is one of the folder that the command is given in. */
function callFor(path: string, way: WayAnew) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    command: way.act,
    options: way.slim && way.act === 'convert' ? ['--slim'] : [],
    words: [path, `${stemAnew(name, way)}.${way.to}`],
  };
}

function Written({ file: { writtenId, label, bytes, tensors } }: { file: ConvertedFile }) {
  return (
    <WrittenSummary writtenId={writtenId}>
      Wrote {plural(tensors, 'tensor')} to {visibleText(label)}, {formatBytes(bytes)}.
    </WrittenSummary>
  );
}
