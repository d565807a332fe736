import type { PrunePlan, Trashed } from '../../shared/ipc/writing-contract.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

const reasons: ReadonlyMap<string, string> = new Map([
  ['by hand', 'Moved by hand'],
  ['prune', 'Pruned'],
  ['retention after a save', 'Pruned after a save'],
]);

/** Why something is in the trash, as a heading. */
export function reasonWords(reason: string): string {
  const [backup, of] = /^restore from [\w-]+(?:, of (.+))?$/s.exec(reason) ?? [];
  if (of !== undefined) return `Replaced by a restore of a backup of ${visibleText(of)}`;
  if (backup !== undefined) return 'Replaced by a restore';
  if (reason.startsWith('undo of ')) return 'Replaced by an undo';
  return reasons.get(reason) ?? visibleText(reason);
}

export function sumWords(operations: readonly Trashed[]): string {
  const count = operations.reduce((sum, { versionCount }) => sum + versionCount, 0);
  const bytes = operations.reduce((sum, operation) => sum + operation.bytes, 0);
  return `${plural(count, 'version')}, ${formatBytes(bytes)} of files`;
}

/** What a disk gains; it is not the size of the files: they fill whole blocks, and may share them with backups. */
export function gainWords({ bytes, atMost }: NonNullable<PrunePlan['gain']>): string {
  return `${atMost ? 'at most ' : ''}${formatBytes(bytes)}`;
}

/** What is said below a list that ends before the versions do. */
export function unlistedWords(count: number): string {
  return `${plural(count, 'more version')} ${count === 1 ? 'is' : 'are'} not listed: all come back, or go, together.`;
}
