import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import { visibleText } from '../format/visible-text.ts';

const commands: ReadonlyMap<string, string> = new Map([
  ['save', 'Saved'],
  ['prune', 'Pruned'],
  ['trash', 'Moved to the trash'],
  ['undo', 'Undone'],
  ['empty trash', 'Deleted for good'],
  ['backup', 'Backed up'],
  ['verify backups', 'Verified backups'],
  ['delete backup', 'Deleted a backup'],
  ['restore', 'Restored'],
  ['seal', 'Sealed'],
  ['pin', 'Pinned'],
  ['unpin', 'Unpinned'],
  ['note', 'Noted'],
  ['tag', 'Tagged'],
  ['recover', 'Settled what was interrupted'],
]);

/** What a command did, as the log of a run names it; one that is not known as it stands there. */
export function commandWords(command: string): string {
  return commands.get(command) ?? visibleText(command);
}

/** Whether it was done, or why not. */
export function resultWords({ result }: Pick<LogLine, 'result'>): string {
  return result === 'done' ? 'done' : visibleText(result);
}
