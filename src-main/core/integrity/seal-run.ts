import type { Version } from '../../../shared/model/version.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import { addSeals, type Seal } from './add-seals.ts';
import type { PoolOptions } from './integrity-pool.ts';
import type { Verification } from './verification.ts';

/** What sealing asks of the run. */
export interface SealSubject {
  look(): Promise<void>;
  versions(): Version[];
  verify(
    ids: readonly string[],
    onResult: (result: Verification) => void,
    options?: PoolOptions,
  ): Promise<void>;
}

/** How a person follows that a run is sealed, and ends it; nothing is on record then. */
export interface SealOptions extends PoolOptions {
  /** What will be read, in bytes. */
  onFound?: (files: number, bytes: number) => void;
  onFile?: () => void;
}

/** Puts the checksum of every whole file on record that has none. @returns what was added */
export async function sealRun(
  run: SealSubject,
  { disk, root }: Writing,
  options: SealOptions = {},
): Promise<Outcome<Seal[]>> {
  await run.look();
  const seals = await findSeals(run, options);
  options.signal?.throwIfAborted();
  await addSeals(disk, root, seals);
  await run.look();
  return { ids: seals.map(({ id }) => id), value: seals };
}

async function findSeals(run: SealSubject, { onFound, onFile, ...options }: SealOptions): Promise<Seal[]> {
  const unsealed = run
    .versions()
    .filter(({ checksum, integrity }) => checksum === null && integrity.state !== 'writing');
  onFound?.(
    unsealed.length,
    unsealed.reduce((bytes, { file_size_bytes }) => bytes + file_size_bytes, 0),
  );
  const seals: Seal[] = [];
  await run.verify(
    unsealed.map(({ id }) => id),
    ({ id, integrity: { state, actual } }) => {
      onFile?.();
      if (state === 'unsealed' && actual !== null) seals.push({ id, checksum: actual });
    },
    options,
  );
  return seals.sort((a, b) => (a.id < b.id ? -1 : 1));
}
