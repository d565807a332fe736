import { Button } from '@mantine/core';
import type { Requests } from '../../shared/ipc/contract.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { visibleText } from '../format/visible-text.ts';
import './place-field.css';

/** A folder that the person chose, known by its handle. */
export type BackupPlace = NonNullable<Requests['chooseBackupPlace']['output']>;

/** What the folder is for, and how that is said. `own` stands for the run's own backups, `ownButton` goes back to them. */
export interface PlaceWords {
  purpose: Requests['chooseBackupPlace']['input']['purpose'];
  label: string;
  own: string;
  ownButton: string;
  button: string;
}

interface Props {
  words: PlaceWords;
  /** Null for the run's own backups. */
  place: BackupPlace | null;
  disabled?: boolean;
  onChange: (place: BackupPlace | null) => void;
}

/** Where backups are: with the run, or in any folder, such as one on another disk. */
export function PlaceField({ words, place, disabled = false, onChange }: Props) {
  const choose = async () => {
    const { purpose } = words;
    const chosen = await valueOrNotice(window.cairn.request('chooseBackupPlace', { purpose }));
    if (chosen) onChange(chosen);
  };
  return (
    <PlaceLine
      words={words}
      shown={place?.shown ?? null}
      disabled={disabled}
      onChoose={() => void choose()}
      onOwn={() => onChange(null)}
    />
  );
}

interface LineProps {
  words: Omit<PlaceWords, 'purpose'>;
  /** The folder; null for the run's own backups. */
  shown: string | null;
  disabled?: boolean;
  onChoose: () => void;
  onOwn: () => void;
}

/** A place by its name, and the ways to another. */
export function PlaceLine({ words, shown, disabled = false, onChoose, onOwn }: LineProps) {
  return (
    <div className="backup-place">
      <span className="backup-place-label">{words.label}</span>
      <bdi className="backup-place-name" title={shown === null ? undefined : visibleText(shown)}>
        {shown === null ? words.own : visibleText(shown)}
      </bdi>
      {shown !== null && (
        <Button variant="subtle" size="xs" disabled={disabled} onClick={onOwn}>
          {words.ownButton}
        </Button>
      )}
      <Button variant="default" size="xs" disabled={disabled} onClick={onChoose}>
        {words.button}
      </Button>
    </div>
  );
}
