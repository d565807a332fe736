import { createRequire } from 'node:module';
import { ModelManagerError } from '../errors.ts';

/** What the native module of fs-native-extensions (Apache-2.0) offers: a lock that the kernel frees when its holder ends. */
interface KernelLocks {
  /** @throws EAGAIN when somebody else holds it */
  tryLock(file: number, offset: number, length: number, exclusive: boolean): void;
  unlock(file: number, offset: number, length: number): void;
}

const fromSource = import.meta.url.endsWith('.ts');
let loaded: KernelLocks | null = null;

/**
 * Takes the lock on an open file, alone or together with others that share it.
 * @returns false when somebody else holds it
 */
export function tryKernelLock(file: number, shared: boolean): boolean {
  try {
    kernelLocks().tryLock(file, 0, 0, !shared);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
    throw error;
  }
}

export function kernelUnlock(file: number): void {
  kernelLocks().unlock(file, 0, 0);
}

function kernelLocks(): KernelLocks {
  loaded ??= load(`${process.platform}-${process.arch}`);
  return loaded;
}

/** Built in, one file for each platform, in `app/native`. */
function load(platform: string): KernelLocks {
  const folder = fromSource ? '../../../node_modules/fs-native-extensions/prebuilds' : '../native';
  try {
    return createRequire(import.meta.url)(`${folder}/${platform}/fs-native-extensions.node`) as KernelLocks;
  } catch (cause) {
    throw new ModelManagerError(
      `cannot lock the folder — Cairn has no lock for ${platform} — nothing can be written from here`,
      { cause },
    );
  }
}
