import { join } from 'node:path';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { checksumListName } from './checksum-list.ts';

export interface Seal {
  id: string;
  checksum: string;
}

const limit = 64 * 1024 * 1024;

/** Adds checksums to the run’s `SHA256SUMS`, in the format that `sha256sum -c` reads; lines that are there stay as they are. */
export async function addSeals(disk: Disk, root: string, seals: readonly Seal[]): Promise<void> {
  if (seals.length === 0) return;
  const before = readList(join(root, checksumListName));
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  await replaceDurably(disk, root, checksumListName, Buffer.from(start + seals.map(lineOf).join('')));
  await syncFolder(disk, root);
}

/** As GNU writes it: a name with a backslash or a line break is escaped, and the line says so by a backslash. */
function lineOf({ id, checksum }: Seal): string {
  const escaped = id.replace(/[\\\n\r]/g, (mark) => ({ '\n': '\\n', '\r': '\\r' })[mark] ?? '\\\\');
  return `${escaped === id ? '' : '\\'}${checksum}  ${escaped}\n`;
}

function readList(path: string): string {
  try {
    return readText(path, limit);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
