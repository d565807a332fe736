import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import { visibleText } from '../format/visible-text.ts';

const commands: ReadonlyMap<string, string> = new Map([
  ['save', 'Saved'],
  ['prune', 'Pruned'],
  ['prune (retention)', 'Pruned after a save'],
  ['trash', 'Moved to the trash'],
  ['undo', 'Undone'],
  ['empty trash', 'Deleted for good'],
  ['empty trash (its limits)', 'Deleted for good, by the trash’s limits'],
  ['backup', 'Backed up'],
  ['verify backups', 'Verified backups'],
  ['delete backup', 'Deleted a backup'],
  ['delete backup (their limits)', 'Deleted a backup, by their limits'],
  ['export', 'Exported'],
  ['restore', 'Restored'],
  ['seal', 'Sealed'],
  ['pin', 'Pinned'],
  ['unpin', 'Unpinned'],
  ['note', 'Noted'],
  ['tag', 'Tagged'],
  ['recover', 'Settled what was interrupted'],
  ['recover (save)', 'Settled an interrupted save'],
  ['recover (prune)', 'Settled an interrupted prune'],
  ['recover (trash)', 'Settled an interrupted move to the trash'],
  ['recover (restore)', 'Settled an interrupted restore'],
  ['recover (undo)', 'Settled an interrupted undo'],
]);

/** What a command did, as the log of a run names it; one that is not known as it stands there. */
export function commandWords(command: string): string {
  return commands.get(command) ?? visibleText(command);
}

/** Whether it was done, or why not. */
export function resultWords({ result }: Pick<LogLine, 'result'>): string {
  return result === 'done' ? 'done' : visibleText(result);
}
