import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { IntegrityBlock } from '../details/IntegrityBlock.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { missing } from '../format/format-number.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import type { Verification } from './useVerification.ts';

interface Props {
  checkpoint: CheckpointFile;
  /** Why it is no checkpoint; null for one. */
  whyNot: string | null;
  verification: Verification;
}

/** What is known of the file itself; its bytes are read when that is asked for. */
export function CheckpointFacts({ checkpoint, whyNot, verification }: Props) {
  const { path, size, modifiedAt, integrity } = checkpoint;
  return (
    <>
      {verification.running && (
        <WorkBar words="Reading every byte" task={verification.task} onCancel={verification.cancel} />
      )}
      <DialogFailure failure={verification.failure} />
      {size === null && (
        <p className="checkpoint-gone" role="alert">
          The file is gone: bring it back to where it was, or close it here.
        </p>
      )}
      {integrity && <IntegrityBlock row={{ integrity, problems: [] }} />}
      <dl className="facts">
        <Fact name="Size">{size === null ? missing : formatSize(size)}</Fact>
        <Fact name="Changed">{modifiedAt === null ? missing : <TimeText at={modifiedAt} />}</Fact>
        <Fact name="Full path">
          <code>{visibleText(path)}</code>
        </Fact>
        <Fact name="Checksum">
          <Checksum checkpoint={checkpoint} whyNot={whyNot} />
        </Fact>
      </dl>
      <RunAside checkpoint={checkpoint} />
    </>
  );
}

/** Where it is among others, if it is. */
function RunAside({ checkpoint: { checkpointId, runName } }: Pick<Props, 'checkpoint'>) {
  const session = useSession();
  if (runName === null)
    return (
      <p className="checkpoint-hint">It is shown by itself, without a run, and nothing is written to it.</p>
    );
  return (
    <div className="checkpoint-aside">
      <p className="checkpoint-hint">
        It is a version of the run <bdi className="checkpoint-run">{visibleText(runName)}</bdi>, which its
        folder is. Here it is shown by itself, and nothing is written to it.
      </p>
      <Button size="compact-sm" variant="default" onClick={() => void session.openRunAside(checkpointId)}>
        Open the run
      </Button>
    </div>
  );
}

/** What is on record, or was worked out. */
function Checksum({ checkpoint, whyNot }: Pick<Props, 'checkpoint' | 'whyNot'>) {
  const { checkpointId, recorded, integrity } = checkpoint;
  const checksum = integrity?.actual ?? recorded;
  if (checksum === null) return `none on record${whyNot === null ? '; “Verify” works it out' : ''}`;
  return (
    <>
      <code>{checksum}</code>
      {integrity === null && ' (on record, not compared yet)'}
      <CopyChecksum checkpointId={checkpointId} />
    </>
  );
}

function formatSize(bytes: number): string {
  return bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${exactBytes(bytes)})`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CopyChecksum({ checkpointId }: { checkpointId: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await valueOrNotice(window.cairn.request('copyCheckpointChecksum', { checkpointId }));
    setCopied(done !== null);
  };
  return (
    <Button size="compact-xs" variant="default" onClick={() => void copy()}>
      {copied ? 'Copied' : 'Copy checksum'}
    </Button>
  );
}
