import { readFileSync } from 'node:fs';
import { escapeName } from '../catalog/escape-name.ts';
import type { FileIdentity } from '../files/file-identity.ts';

const line = /^\d+: POSIX +\S+ +\S+ (\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /;

/**
 * The process that holds the kernel's lock of a file and is not Cairn, whose own locks the kernel lists without one; null where it does not say.
 * Source: proc_locks(5).
 * @param locks the text of `/proc/locks`
 */
export function holderIn(locks: string, { dev, ino }: Pick<FileIdentity, 'dev' | 'ino'>): number | null {
  for (const row of locks.split('\n')) {
    const [, id, major = '', minor = '', inode] = line.exec(row) ?? [];
    if (id === undefined || Number(inode) !== ino) continue;
    if (deviceOf(Number.parseInt(major, 16), Number.parseInt(minor, 16)) === BigInt(dev)) return Number(id);
  }
  return null;
}

/** {@link holderIn} of what the kernel lists now; null too where it lists nothing, as elsewhere than on Linux. */
export function findKernelHolder(file: Pick<FileIdentity, 'dev' | 'ino'>): number | null {
  return holderIn(tryRead('/proc/locks') ?? '', file);
}

/** A process and its name, for people. */
export function nameProcess(id: number): string {
  const name = tryRead(`/proc/${id}/comm`)?.trim();
  return name ? `${escapeName(name)}, process ${id},` : `process ${id}`;
}

/** As `stat` gives it. Source: glibc's `makedev`. */
function deviceOf(major: number, minor: number): bigint {
  const [high, low] = [BigInt(major), BigInt(minor)];
  return (
    ((high & 0xfffff000n) << 32n) | ((high & 0xfffn) << 8n) | ((low & 0xffffff00n) << 12n) | (low & 0xffn)
  );
}

function tryRead(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
