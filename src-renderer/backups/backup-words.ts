import type { Requests } from '../../shared/ipc/contract.ts';
import type { Backup, RestoreChange } from '../../shared/ipc/writing-contract.ts';
import type { Change } from '../dialogs/ChangeList.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { plural, versionsAre } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

export function backedUpWords({ versionCount, bytes }: Requests['backUp']['output']): string {
  return `${versionsAre(versionCount)} backed up, ${formatBytes(bytes)}`;
}

/** What came of reading the bytes of a backup again. */
export function verifiedWords(state: Backup['state']): string {
  return state === 'verified'
    ? 'The backup is whole: each byte matches its checksum'
    : 'The backup is damaged: its bytes no longer match their checksums';
}

const actions: Record<RestoreChange['action'], Pick<Change, 'word' | 'tone' | 'why'>> = {
  create: { word: 'Create', tone: 'comes', why: 'it is not in the run now' },
  replace: { word: 'Replace', tone: 'goes', why: 'what is there now goes to the trash' },
  same: { word: 'Same', tone: 'stays', why: 'it is as it was' },
};
const order = Object.keys(actions);

/** What restoring would do, a line for each version: first what changes. */
export function restoreChanges(changes: readonly RestoreChange[]): Change[] {
  return changes
    .toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action))
    .map(({ id, action }) => ({
      id: visibleText(id),
      label: visibleText(id.slice(id.lastIndexOf('/') + 1)),
      ...actions[action],
    }));
}

/** What a restore comes to, in a sentence. */
export function restoreSentence(changes: readonly RestoreChange[]): string {
  const count = (wanted: RestoreChange['action']) => changes.filter(({ action }) => action === wanted).length;
  const parts = [
    [count('create'), 'created'],
    [count('replace'), 'replaced'],
    [count('same'), 'the same already'],
  ] as const;
  if (count('same') === changes.length)
    return `Nothing to restore: ${changes.length === 1 ? 'the version is' : `all ${plural(changes.length, 'version')} are`} as backed up.`;
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `${plural(changes.length, 'version')}: ${told.join(', ')}.`;
}
