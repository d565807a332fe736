import type { Backup } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { listAllVersions } from '../format/list-versions.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { NamedFiles } from '../records/NamedVersions.tsx';
import { RecordFacts } from '../records/RecordFacts.tsx';
import { ReasonButton } from '../run/ReasonButton.tsx';
import { WritingButton } from '../run/WritingButton.tsx';
import { backupName, fromOption, onlyRestored } from './backup-words.ts';
import type { BackupPlace } from './PlaceField.tsx';

interface Props {
  run: RunSummary;
  place: BackupPlace | null;
  backup: Backup;
  busy: boolean;
  onRestore: () => void;
  onVerify: () => void;
  onDelete: () => void;
}

/** One backup, and what can be done with it. */
export function BackupDetails({ run, place, backup, busy, onRestore, onVerify, onDelete }: Props) {
  const { at, reason, named, versionCount, bytes, state, verifiedAt, elsewhere, of } = backup;
  return (
    <>
      <h2>
        <bdi>{backupName(backup)}</bdi>
      </h2>
      <div className="record-buttons">
        <WritingButton readOnly={run.readOnly} disabled={busy || state === 'damaged'} onClick={onRestore}>
          Restore…
        </WritingButton>
        <ReasonButton variant="default" why={onlyRestored(backup)} disabled={busy} onClick={onVerify}>
          Verify now
        </ReasonButton>
        <ReasonButton variant="default" why={onlyRestored(backup)} disabled={busy} onClick={onDelete}>
          Delete…
        </ReasonButton>
      </div>
      {state === 'damaged' && (
        <p className="dialog-failure" role="alert">
          This backup is damaged: its bytes no longer match their checksums. Use another one.
        </p>
      )}
      <RecordFacts
        facts={[
          ['Made', <TimeText key="made" at={at} />],
          ['Why', visibleText(reason)],
          ['Versions', listAllVersions(backup)],
          ['Size', `${formatBytes(bytes)} (${exactBytes(bytes)})`],
          [
            state === 'damaged' ? 'Damaged' : 'Verified',
            verifiedAt === null ? 'no' : <TimeText key="verified" at={verifiedAt} />,
          ],
          ['Where', elsewhere === null ? 'with the run, on the same disk' : visibleText(elsewhere)],
          ['Of', of && visibleText(of)],
          ['Backup', backup.backup],
        ]}
      />
      <NamedFiles named={named} versionCount={versionCount} />
      <CommandLine
        calls={[
          state === 'damaged'
            ? {
                command: 'backups',
                options: [fromOption(place), ['--verify', backup.backup]],
                words: [run.folder],
              }
            : { command: 'restore', options: [fromOption(place)], words: [run.folder, backup.backup] },
        ]}
      />
    </>
  );
}
