import { Button } from '@mantine/core';
import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { visibleText } from '../format/visible-text.ts';

/** A folder that the person chose, known by its handle. */
export type BackupPlace = NonNullable<Requests['chooseBackupPlace']['output']>;

interface Props {
  /** Null for the run's own backups. */
  place: BackupPlace | null;
  disabled: boolean;
  onChange: (place: BackupPlace | null) => void;
}

/** Where a backup goes: with the run, or to any folder, such as one on another disk. */
export function PlaceField({ place, disabled, onChange }: Props) {
  const choose = async () => {
    const chosen = await valueOrNotice(window.cairn.request('chooseBackupPlace', {}));
    if (chosen) onChange(chosen);
  };
  return (
    <div className="backup-place">
      <span className="backup-place-label">Goes to</span>
      <bdi className="backup-place-name" title={place ? visibleText(place.shown) : undefined}>
        {place ? visibleText(place.shown) : 'the run’s own backups, on the same disk'}
      </bdi>
      {place && (
        <Button variant="subtle" size="xs" disabled={disabled} onClick={() => onChange(null)}>
          With the run
        </Button>
      )}
      <Button variant="default" size="xs" disabled={disabled} onClick={() => void choose()}>
        Choose a folder…
      </Button>
    </div>
  );
}
