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
  verification: Verification;
}

/** What is known of the file itself; its bytes are read when that is asked for. */
export function CheckpointFacts({ checkpoint, verification }: Props) {
  const { path, size, modifiedAt, recorded, integrity } = checkpoint;
  const checksum = integrity?.actual ?? recorded;
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
          {checksum === null ? (
            'none on record; “Verify” works it out'
          ) : (
            <>
              <code>{checksum}</code>
              {integrity === null && ' (on record, not compared yet)'}
              <CopyChecksum checkpointId={checkpoint.checkpointId} />
            </>
          )}
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
        It is a version of the run <bdi>{visibleText(runName)}</bdi>, which its folder is. Here it is shown by
        itself, and nothing is written to it.
      </p>
      <Button size="compact-sm" variant="default" onClick={() => void session.openRunAside(checkpointId)}>
        Open the run
      </Button>
    </div>
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
