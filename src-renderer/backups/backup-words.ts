import type { BackedUp, Backup, RestoreChange, Restored } from '../../shared/ipc/writing-contract.ts';
import { nameOfVersion } from '../../shared/model/name-of-version.ts';
import type { Change } from '../dialogs/ChangeList.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { versionLabel } from '../format/format-version.ts';
import { listVersions } from '../format/list-versions.ts';
import { plural, versionsAre } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { undoneWords } from '../undo/undone-words.ts';
import type { WayBack } from '../undo/ways-back.ts';
import type { LeftOutVersion } from './backed-up-parts.ts';

export function backedUpWords({ versionCount, bytes }: BackedUp): string {
  return `${versionsAre(versionCount)} backed up, ${formatBytes(bytes)}`;
}

/** What people call a backup: its label, else why it was made; one that was made by hand is called by what it holds. */
export function backupName(backup: Pick<Backup, 'label' | 'reason' | 'named' | 'versionCount'>): string {
  const { label, reason } = backup;
  if (label === null && reason === 'by hand') return `${listVersions(backup)}, by hand`;
  return visibleText(label ?? reason);
}

export const stateWords: Record<Backup['state'], string> = {
  verified: 'verified',
  damaged: 'damaged',
  unrecorded: 'no checksum',
};

/** Why a backup can neither be verified nor deleted; null where it can. */
export function onlyRestored({ state }: Pick<Backup, 'state'>): string | null {
  return state === 'unrecorded'
    ? 'These files stand beside their versions: no checksum of them is on record, and they go to the trash with their versions'
    : null;
}

/** So many files are named; the command line names all. */
const mostNamed = 3;

/** What went with a backup. @param gone files that exist nowhere else, of which it had damaged bytes */
export function deletedWords(gone: readonly string[]): string {
  if (gone.length === 0) return 'The backup is deleted';
  const names = gone.slice(0, mostNamed).map(visibleText).join(', ');
  const more = gone.length > mostNamed ? ` and ${gone.length - mostNamed} more` : '';
  const files = gone.length === 1 ? 'a file' : plural(gone.length, 'file');
  return `The backup is deleted, and with it ${files} that no other copy is left of: ${names}${more}. Bytes there were damaged, so it could not be restored.`;
}

/** What a version that was left out is called, with its run where there are several. */
export function leftOutLabel({ id, run }: LeftOutVersion): string {
  const file = visibleText(nameOfVersion(id));
  return run === null ? file : `${file} of ${visibleText(run)}`;
}

/** What is said of bytes in the run's own store that no backup has. */
export function unclaimedWords(bytes: number): string {
  return `${formatBytes(bytes)} beside the run belong to no backup: one is being made, or was cut short. The next backup there frees what nothing touched for a day.`;
}

/** What came of reading the bytes of backups again. */
export function checkedWords({ verified, damaged }: { verified: number; damaged: number }): string {
  if (damaged === 0)
    return verified === 1
      ? 'The backup is whole: each byte matches its checksum'
      : `All ${plural(verified, 'backup')} are whole: each byte matches its checksum`;
  if (verified === 0 && damaged === 1)
    return 'The backup is damaged: its bytes no longer match their checksums';
  return `${damaged} of ${plural(verified + damaged, 'backup')} ${damaged === 1 ? 'is' : 'are'} damaged: use another one`;
}

/** What a restore came to, and how it is said that it was undone. */
export function restoredWords({ restored, broken }: Restored): Pick<WayBack, 'done' | 'undone'> {
  const versions = versionsAre(restored);
  const checked =
    broken === 0
      ? 'restored and verified'
      : `restored, but ${plural(broken, 'file')} did not verify: verify the run`;
  return {
    done: `${versions} ${checked}`,
    undone: (undone) => `The restore is undone: ${undoneWords(undone)}`,
  };
}

/** The option of `cairn` that says where backups are looked for. */
export function fromOption(place: { shown: string } | null): readonly [string, string | null] {
  return ['--from', place?.shown ?? null];
}

const actions: Record<RestoreChange['action'], Pick<Change, 'word' | 'tone' | 'why'>> = {
  create: { word: 'Create', tone: 'comes', why: 'it is not in the run now' },
  replace: { word: 'Replace', tone: 'goes', why: 'what is there now goes to the trash' },
  same: { word: 'Same', tone: 'stays', why: 'unchanged since the backup' },
};
const order = Object.keys(actions);

/** What restoring would do, a line for each version: first what changes. */
export function restoreChanges(changes: readonly RestoreChange[]): Change[] {
  return changes
    .toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action))
    .map(({ id, version, twin, action, left = [], removed = [] }) => ({
      id: visibleText(id),
      label: versionLabel({ id, version, twin }),
      ...actions[action],
      why: [actions[action].why, ...left.map(tellLeft), ...removed.map(tellRemoved)].join('; '),
    }));
}

function tellLeft(path: string): string {
  return `${visibleText(path)} stays as it is now: other models share it`;
}

function tellRemoved(path: string): string {
  return `${visibleText(path)} goes to the trash`;
}

/** What a restore comes to, in a sentence. */
export function restoreSentence(changes: readonly RestoreChange[]): string {
  const count = (wanted: RestoreChange['action']) => changes.filter(({ action }) => action === wanted).length;
  const parts = [
    [count('create'), 'comes back', 'come back'],
    [count('replace'), 'is replaced', 'are replaced'],
    [count('same'), 'is already the same', 'are already the same'],
  ] as const;
  if (count('same') === changes.length)
    return `Nothing to restore: ${changes.length === 1 ? 'the version is' : `all ${plural(changes.length, 'version')} are`} as backed up.`;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, is, are], place) => {
      const subject = place === 0 ? plural(number, 'version') : number;
      return `${subject} ${number === 1 ? is : are}`;
    });
  return `${told.join(', ')}.`;
}

/** Why a version cannot be restored. @param damaged how many backups hold it, none of which is whole */
export function noIntactBackup(damaged: number): string {
  if (damaged === 0) return 'No backup holds it, so it cannot be restored. Use another version.';
  const are = damaged === 1 ? 'The backup that holds it is' : `The ${damaged} backups that hold it are`;
  return `${are} damaged too, so it cannot be restored from there. Use another version.`;
}
