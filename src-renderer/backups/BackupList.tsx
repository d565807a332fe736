import type { Backup } from '../../shared/ipc/writing-contract.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatTimestamp } from '../format/format-time.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

interface Props {
  backups: readonly Backup[];
  chosen: string;
  onChoose: (backup: string) => void;
}

/** The backups to choose from, the newest first. */
export function BackupList({ backups, chosen, onChoose }: Props) {
  return (
    <fieldset className="backup-list">
      <legend>Backups</legend>
      {backups.map(({ backup, at, label, versionCount, bytes, state, verifiedAt, elsewhere, of }) => (
        <label key={backup} className="backup" data-backup={backup} data-state={state}>
          <input type="radio" name="backup" checked={backup === chosen} onChange={() => onChoose(backup)} />
          <span className="backup-time">{formatTimestamp(at)}</span>
          <span className="backup-label">
            <bdi>{label === null ? 'no label' : visibleText(label)}</bdi>
            {elsewhere !== null && <bdi className="backup-elsewhere">{visibleText(elsewhere)}</bdi>}
            {of !== null && <bdi className="backup-elsewhere">of {visibleText(of)}</bdi>}
          </span>
          <span className="backup-size">
            {plural(versionCount, 'version')}, {formatBytes(bytes)}
          </span>
          <span className="backup-state" title={`Checked ${formatTimestamp(verifiedAt)}`}>
            {state}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
