import { join } from 'node:path';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { type FileIdentity, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import { addSeals } from './add-seals.ts';
import { checksumListName } from './checksum-list.ts';
import { faultIn } from './fault-in.ts';
import type { PoolOptions } from './integrity-pool.ts';
import type { Seal } from './listed-lines.ts';
import type { SeenFile, UnsealedFile, Verification } from './verification.ts';

/** What sealing asks of the run. */
export interface SealSubject {
  look(): Promise<void>;
  version(id: string): Version | undefined;
  listed(id: string): ListedVersion | undefined;
  bytesToVerify(versions: readonly ListedVersion[]): number;
  /** What the files of a version are by now; null where it is not there. */
  identityNow(id: string): FileIdentity | null;
  /** What of these versions, or of all, and of files that all models share, has no checksum on record. */
  unsealedFiles(ids: readonly string[] | null): ReadonlyMap<string, readonly UnsealedFile[]>;
  /** Files that the list of checksums has several of. */
  contradictedOfList(): ReadonlySet<string>;
  /** What was found of files that all models share. */
  foundShared(): Verification[];
  verify(
    ids: readonly string[],
    onResult: (result: Verification) => void,
    options?: PoolOptions,
  ): Promise<void>;
}

/** The checksums of a version, or of a file that all models share, that are not on record yet, with the state of their files. */
export interface FoundSeal {
  id: string;
  /** What all of it was when it was read. */
  identity: FileIdentity;
  files: readonly SealedFile[];
}

interface SkippedSeal {
  id: string;
  /** In words. */
  why: string;
}

type SealedFile = Seal & Pick<SeenFile, 'identity'>;

/** How a person follows that a run is sealed, and ends it; nothing is on record then. */
export interface SealOptions extends PoolOptions {
  /** What will be read, in bytes. */
  onFound?: (files: number, bytes: number) => void;
  onFile?: () => void;
  /** Is given each version that is left out with all that goes with it, for something of it is not whole, or is being written; in the order of ids. */
  onSkipped?: (skipped: SkippedSeal) => void;
}

/**
 * Reads every whole version of which a file, its own or one that goes with it, has no checksum on record. That takes its time: the run need not
 * be locked for it.
 * @throws the signal's reason
 */
export async function findSeals(
  run: SealSubject,
  { onFound, onFile, onSkipped, ...options }: SealOptions = {},
): Promise<FoundSeal[]> {
  await run.look();
  const unsealed = new Map(run.unsealedFiles(null));
  const contradicted = run.contradictedOfList();
  const skipped = [...unsealed].flatMap(([id, files]) => [
    ...whileWritten(run, id),
    ...whileContradicted(id, files, contradicted),
  ]);
  for (const { id } of skipped) unsealed.delete(id);
  const ids = [...unsealed.keys()];
  onFound?.(ids.length, run.bytesToVerify(ids.flatMap((id) => run.listed(id) ?? [])));
  const found: FoundSeal[] = [];
  const take = (result: Verification) => {
    onFile?.();
    const why = faultIn(result.integrity);
    if (why !== null) skipped.push({ id: result.id, why });
    found.push(...sealsIn(unsealed.get(result.id) ?? [], result));
  };
  await run.verify(ids, take, options);
  for (const result of run.foundShared()) if (unsealed.has(result.id)) take(result);
  for (const each of skipped.sort(byId)) onSkipped?.(each);
  return found.sort(byId);
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

/** Of a version that is being written: nothing is read of it. */
function whileWritten(run: SealSubject, id: string): SkippedSeal[] {
  const integrity = run.version(id)?.integrity;
  return integrity?.state === 'writing' ? [{ id, why: integrity.detail ?? integrity.state }] : [];
}

/** Of a version of which a file has several checksums: a person must say which is right. */
function whileContradicted(
  id: string,
  files: readonly UnsealedFile[],
  contradicted: ReadonlySet<string>,
): SkippedSeal[] {
  const file = files.find((each) => contradicted.has(each.id));
  if (!file) return [];
  const why = `${checksumListName} has several checksums of ${escapeName(file.id, 400)}: delete the lines that are wrong`;
  return [{ id, why }];
}

/** None of a version that is not whole. */
function sealsIn(
  unsealed: readonly UnsealedFile[],
  { id, identity, integrity: { state, actual }, files = [] }: Verification,
): FoundSeal[] {
  if ((state !== 'unsealed' && state !== 'verified') || identity === null) return [];
  const own: SeenFile[] = actual === null ? [] : [{ name: id, checksum: actual, identity }];
  const read = new Map([...own, ...files].map((file) => [file.name, file]));
  const sealed = unsealed.flatMap(({ name, id: path }) => {
    const seen = read.get(name);
    return seen ? [{ id: path, checksum: seen.checksum, identity: seen.identity }] : [];
  });
  return sealed.length === 0 ? [] : [{ id, identity, files: sealed }];
}

/** Puts these on record, but for files that changed since, which is told. The caller holds the run's lock. @returns what was added */
export async function recordSeals(
  run: SealSubject,
  { disk, root, onNotice }: Writing,
  found: readonly FoundSeal[],
): Promise<Outcome<Seal[]>> {
  await run.look();
  const unsealed = run.unsealedFiles(found.map(({ id }) => id));
  const contradicted = run.contradictedOfList();
  const byPath = new Map<string, Seal>();
  for (const each of found) {
    const files = (unsealed.get(each.id) ?? []).filter((file) => !contradicted.has(file.id));
    if (isAsRead(run, root, each, files))
      for (const { id, checksum } of each.files) byPath.set(id, { id, checksum });
    else onNotice?.(tellChanged(each.id));
  }
  const seals = [...byPath.values()];
  await addSeals(disk, root, seals);
  // They are on record, whether that is seen now or later.
  await run.look().catch(() => undefined);
  return { ids: seals.map(({ id }) => id), value: seals };
}

/** Whether nothing of it was touched since, and none of its files has a checksum by now. */
function isAsRead(
  run: SealSubject,
  root: string,
  { id, identity, files }: FoundSeal,
  unsealed: readonly UnsealedFile[],
): boolean {
  const paths = new Set(unsealed.map((file) => file.id));
  if (!files.every((file) => paths.has(file.id) && isStill(lookAt(root, file.id), file.identity)))
    return false;
  const version = run.version(id);
  return !version || (version.integrity.state !== 'writing' && isStill(run.identityNow(id), identity));
}

function isStill(now: FileIdentity | null, before: FileIdentity): boolean {
  return now !== null && sameIdentity(now, before);
}

function lookAt(root: string, path: string): FileIdentity | null {
  const look = tryLookAt(join(root, path));
  return look instanceof Error ? null : look;
}

function tellChanged(id: string): string {
  return `${escapeName(id, 400)} was not sealed — it changed while it was read, or has a checksum by now — seal again`;
}
