import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import { addSeals } from './add-seals.ts';
import type { PoolOptions } from './integrity-pool.ts';
import type { Seal } from './listed-lines.ts';
import type { Verification } from './verification.ts';

/** What sealing asks of the run. */
export interface SealSubject {
  look(): Promise<void>;
  versions(): Version[];
  version(id: string): Version | undefined;
  /** What the files of a version are by now; null where it is not there. */
  identityNow(id: string): FileIdentity | null;
  /** Of a version that is a folder, or several files, those that have no checksum on record: by their names in it their paths in the run. */
  unsealedFiles(id: string): ReadonlyMap<string, string>;
  verify(
    ids: readonly string[],
    onResult: (result: Verification) => void,
    options?: PoolOptions,
  ): Promise<void>;
}

/** The checksums of a version that are not on record yet, and the state of its files that have them. */
export interface FoundSeal {
  id: string;
  seals: readonly Seal[];
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
  const found: FoundSeal[] = [];
  await run.verify(
    unsealed.map(({ id }) => id),
    (result) => {
      onFile?.();
      found.push(...sealsIn(run, result));
    },
    options,
  );
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** None of a version that is not whole. */
function sealsIn(run: SealSubject, { id, identity, integrity, files }: Verification): FoundSeal[] {
  const { state, actual } = integrity;
  if (state !== 'unsealed' || actual === null || identity === null) return [];
  if (!files) return [{ id, seals: [{ id, checksum: actual }], identity }];
  const unsealed = run.unsealedFiles(id);
  const seals = files.flatMap(({ name, checksum }) => {
    const path = unsealed.get(name);
    return path === undefined ? [] : [{ id: path, checksum }];
  });
  return [{ id, seals, identity }];
}

/** Puts these on record, but for files that changed since, which is told. The caller holds the run's lock. @returns what was added */
export async function recordSeals(
  run: SealSubject,
  { disk, root, onNotice }: Writing,
  found: readonly FoundSeal[],
): Promise<Outcome<Seal[]>> {
  await run.look();
  const seals: Seal[] = [];
  for (const { id, identity, ...of } of found) {
    const now = run.identityNow(id);
    const version = run.version(id);
    if (now && version && isUnsealed(version) && sameIdentity(now, identity)) seals.push(...of.seals);
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
