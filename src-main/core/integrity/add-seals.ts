import type { Disk } from '../files/disk.ts';
import { hashOf } from '../files/hash-of.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { checksumListName, parseChecksumList } from './checksum-list.ts';
import { readList, replaceList } from './replace-list.ts';

const lineFeed = 0x0a;

export interface Seal {
  id: string;
  checksum: string;
}

/**
 * Adds checksums to the run’s `SHA256SUMS`, in the format that `sha256sum -c` reads; lines that are there stay as they are, to the
 * byte: names need not be UTF-8. What other programs add meanwhile stays too; but for one that opened the list before, and writes
 * to it after this is done.
 */
export async function addSeals(disk: Disk, root: string, seals: readonly Seal[]): Promise<void> {
  if (seals.length === 0) return;
  const lines = Buffer.from(seals.map(lineOf).join(''));
  await replaceList(disk, `${root}/${checksumListName}`, (list) => {
    const ending = list.length === 0 || list.at(-1) === lineFeed ? '' : '\n';
    return Buffer.concat([list, Buffer.from(ending), lines]);
  });
  await syncFolder(disk, root);
}

/**
 * Puts the checksum of files that came back on record again: the list may still have the one of what stood in their place. Only
 * one that was on record for the file before counts.
 */
export async function sealReturned(disk: Disk, root: string, ids: readonly string[]): Promise<void> {
  const history = listHistory((await readList(disk, `${root}/${checksumListName}`)).toString('utf8'));
  const seals: Seal[] = [];
  for (const id of ids) {
    const known = history.get(id) ?? [];
    if (new Set(known).size < 2 || (await disk.lookAt(`${root}/${id}`))?.type !== 'file') continue;
    const checksum = await hashOf(disk, `${root}/${id}`);
    if (checksum !== known.at(-1) && known.includes(checksum)) seals.push({ id, checksum });
  }
  await addSeals(disk, root, seals);
}

/** Every checksum that was ever listed for a name, in the order of the lines. */
function listHistory(text: string): Map<string, string[]> {
  const history = new Map<string, string[]>();
  const lines = text.split(/\r?\n/).flatMap((line) => [...parseChecksumList(line).checksums]);
  for (const [name, checksum] of lines) history.set(name, [...(history.get(name) ?? []), checksum]);
  return history;
}

/** As GNU writes it: a name with a backslash or a line break is escaped, and the line says so by a backslash. */
function lineOf({ id, checksum }: Seal): string {
  const escaped = id.replace(/[\\\n\r]/g, (mark) => ({ '\n': '\\n', '\r': '\\r' })[mark] ?? '\\\\');
  return `${escaped === id ? '' : '\\'}${checksum}  ${escaped}\n`;
}
