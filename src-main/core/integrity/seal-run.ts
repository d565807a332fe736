import { join } from 'node:path';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import { addSeals, type Seal } from './add-seals.ts';
import type { PoolOptions } from './integrity-pool.ts';
import type { Verification } from './verification.ts';

/** What sealing asks of the run. */
export interface SealSubject {
  look(): Promise<void>;
  versions(): Version[];
  version(id: string): Version | undefined;
  verify(
    ids: readonly string[],
    onResult: (result: Verification) => void,
    options?: PoolOptions,
  ): Promise<void>;
}

/** A checksum, and the state of the file that has it. */
export interface FoundSeal extends Seal {
  identity: FileIdentity;
}

/** How a person follows that a run is sealed, and ends it; nothing is on record then. */
export interface SealOptions extends PoolOptions {
  /** What will be read, in bytes. */
  onFound?: (files: number, bytes: number) => void;
  onFile?: () => void;
}

/**
 * Reads every whole file that has no checksum on record. That takes its time: the run need not be locked for it.
 * @throws the signal's reason
 */
export async function findSeals(
  run: SealSubject,
  { onFound, onFile, ...options }: SealOptions = {},
): Promise<FoundSeal[]> {
  await run.look();
  const unsealed = run.versions().filter(isUnsealed);
  onFound?.(
    unsealed.length,
    unsealed.reduce((bytes, { file_size_bytes }) => bytes + file_size_bytes, 0),
  );
  const seals: FoundSeal[] = [];
  await run.verify(
    unsealed.map(({ id }) => id),
    ({ id, identity, integrity: { state, actual } }) => {
      onFile?.();
      if (state === 'unsealed' && actual !== null && identity !== null)
        seals.push({ id, checksum: actual, identity });
    },
    options,
  );
  return seals.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Puts these on record, but for files that changed since, which is told. The caller holds the run's lock. @returns what was added */
export async function recordSeals(
  run: SealSubject,
  { disk, root, onNotice }: Writing,
  found: readonly FoundSeal[],
): Promise<Outcome<Seal[]>> {
  await run.look();
  const seals: Seal[] = [];
  for (const { id, checksum, identity } of found) {
    const now = await disk.lookAt(join(root, id));
    const version = run.version(id);
    if (now && version && isUnsealed(version) && sameIdentity(now, identity)) seals.push({ id, checksum });
    else onNotice?.(tellChanged(id));
  }
  await addSeals(disk, root, seals);
  // They are on record, whether that is seen now or later.
  await run.look().catch(() => undefined);
  return { ids: seals.map(({ id }) => id), value: seals };
}

function isUnsealed({ checksum, integrity }: Version): boolean {
  return checksum === null && integrity.state !== 'writing';
}

function tellChanged(id: string): string {
  return `${escapeName(id, 400)} was not sealed — it changed while it was read, or has a checksum by now — seal again`;
}
