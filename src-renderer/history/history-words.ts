import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import type { SingleCommand } from '../../shared/model/logged-command.ts';
import { shortNumber } from '../format/format-number.ts';
import { formatDuration } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';

interface CommandWords {
  /** What it did, as the beginning of a line. */
  done: string;
  /** What its bytes are: the size of files that it did something with. */
  bytes?: string;
}

const commands: Record<SingleCommand, CommandWords> = {
  save: { done: 'Saved', bytes: 'Files saved' },
  prune: { done: 'Pruned', bytes: 'Files moved to the trash' },
  trash: { done: 'Moved to the trash', bytes: 'Files moved to the trash' },
  undo: { done: 'Undone' },
  'empty trash': { done: 'Deleted for good', bytes: 'Files deleted' },
  'empty trash (its limits)': { done: 'Deleted from the trash, beyond its limits' },
  backup: { done: 'Backed up', bytes: 'Files copied' },
  'verify backups': { done: 'Verified backups', bytes: 'Files read' },
  'delete backup': { done: 'Deleted a backup' },
  'delete backup (their limits)': { done: 'Deleted backups beyond their limits' },
  restore: { done: 'Restored', bytes: 'Files in the backup' },
  seal: { done: 'Sealed', bytes: 'Files read' },
  pin: { done: 'Pinned' },
  unpin: { done: 'Unpinned' },
  tag: { done: 'Changed tags' },
  note: { done: 'Changed a note' },
  unmark: { done: 'Undid pins, tags or notes' },
  choose: { done: 'Changed the metric for “best”' },
  export: { done: 'Exported', bytes: 'Files copied' },
  benchmark: { done: 'Recorded a benchmark' },
  'prune (retention)': { done: 'Pruned after a save', bytes: 'Files moved to the trash' },
  recover: { done: 'Recovered what was interrupted' },
  'recover (save)': { done: 'Recovered an interrupted save' },
  'recover (prune)': { done: 'Recovered an interrupted prune' },
  'recover (trash)': { done: 'Recovered an interrupted move to the trash' },
  'recover (restore)': { done: 'Recovered an interrupted restore' },
  'recover (undo)': { done: 'Recovered an interrupted undo' },
  'recover (benchmark)': { done: 'Recovered an interrupted benchmark record' },
  'set aside': { done: 'Set a damaged record aside' },
};
const known = new Map<string, CommandWords>(Object.entries(commands));

/** What a command did, as the log of a run names it, several joined by `+`; one that is not known as it stands there. */
export function commandWords(command: string): string {
  const [first = '', ...more] = command.split('+').map((one) => known.get(one)?.done ?? visibleText(one));
  return [first, ...more.map((words) => words.charAt(0).toLowerCase() + words.slice(1))].join(', ');
}

/** What the bytes of a command are. */
export function bytesWords(command: string): string {
  return known.get(command)?.bytes ?? 'Size of the files';
}

/** How long it took: tenths below ten seconds, for most takes less than one. */
export function tookWords(seconds: number): string {
  if (seconds >= 10) return formatDuration(seconds);
  return seconds < 0.05 ? 'under 0.1 s' : `${shortNumber(Math.round(seconds * 10) / 10)} s`;
}

/** Whether it was done, or why not. */
export function resultWords({ result }: Pick<LogLine, 'result'>): string {
  return result === 'done' ? 'done' : visibleText(result);
}
