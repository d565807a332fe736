import { basename, join, relative, sep } from 'node:path';
import { isIntactSoFar, passesVerify } from '../../../shared/model/integrity.ts';
import { type JsonObject, toNumber } from '../../../shared/model/json.ts';
import { metricValue } from '../../../shared/model/metric.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { companionFor } from '../catalog/layouts/known-layouts.ts';
import { readAsOf } from '../config/read-as.ts';
import { toFailure, UsageError } from '../errors.ts';
import { sameIdentity } from '../files/file-identity.ts';
import { identityOfClaim } from '../integrity/claim-folder.ts';
import type { Claim, Verification } from '../integrity/verification.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import type { ModelManager } from '../model-manager.ts';
import { RunReader } from '../run-reader.ts';
import { readAdopted, rememberAdopted } from './adopted-checksums.ts';
import { AdoptionFailures } from './adoption-failures.ts';
import { type Companions, companionsToAdopt, folderToAdopt, sealCompanions } from './companions-to-adopt.ts';
import { areStill, QuietFiles } from './quiet-files.ts';
import type { FolderSource, Saved, SaveRequest } from './save-request.ts';

export interface Adopting {
  kind: VersionKind;
  /** What every version gets; what the file's own record or name says of it goes before that. */
  request: Omit<SaveRequest, 'source' | 'name' | 'companions'>;
  /** Ends it, once the save that is under way is done. */
  signal: AbortSignal;
  onSaved: (saved: Saved, from: string) => void;
  /** What could not be saved; the next ones still are. */
  onFailed: (from: string, error: unknown) => void;
}

/**
 * Saves what another program writes into a folder, each file, or folder that is a version, once it is whole, and with it what goes with it, until it is told to stop. Bytes that were adopted
 * before are passed over; nothing is written into the folder.
 * @throws UsageError when the folder cannot be opened, or is part of the run; system errors where it cannot be told what was adopted before
 */
export async function adoptFolder(manager: ModelManager, folder: string, adopting: Adopting): Promise<void> {
  const source = new RunReader(folder, { config: {} });
  assertApart(manager.root, source.root);
  const memory: Memory = {
    told: new Set(),
    adopted: new Map(),
    checksums: readAdopted(manager.bookkeeping),
    quietFiles: new QuietFiles(),
    failures: new AdoptionFailures(adopting.onFailed),
  };
  const waiting = new Map<string, NodeJS.Timeout>();
  let underWay = Promise.resolve();
  const adopt = (id: string) => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    underWay = underWay.then(async () => {
      if (adopting.signal.aborted) return;
      const pause = await adoptOne(manager, source, id, adopting, memory);
      if (pause !== null) waiting.set(id, setTimeout(adopt, pause, id));
    });
  };
  source.subscribe((event) => {
    if (event.type === 'versions') event.changed.forEach(adopt);
  });
  source.follow();
  await aborted(adopting.signal);
  source.close();
  await underWay;
  for (const timer of waiting.values()) clearTimeout(timer);
}

/** A model whose companions, or a folder whose files, may still come is looked at again after so long, in milliseconds. */
const lookAgainAfter = 500;

/** @throws UsageError: what Cairn itself saves would be adopted for ever */
export function assertApart(run: string, folder: string): void {
  const isWithin = (path: string, other: string) => `${path}${sep}`.startsWith(`${other}${sep}`);
  if (!isWithin(folder, run) && !isWithin(run, folder)) return;
  throw new UsageError(
    `cannot watch ${escapeName(folder)} — it is part of the run, or the run of it — name a folder beside the run`,
    { path: folder },
  );
}

/** What was told and done since the folder is watched, by absolute paths in it: what is not adopted, and models with what went along. */
interface Memory {
  told: Set<string>;
  adopted: Map<string, { id: string; kinds: ReadonlySet<string> }>;
  /** Of all that was ever adopted. */
  checksums: Set<string>;
  quietFiles: QuietFiles;
  failures: AdoptionFailures;
}

/** @returns after how many milliseconds it is to be looked at again; null for once it has changed */
async function adoptOne(
  manager: ModelManager,
  source: RunReader,
  id: string,
  adopting: Adopting,
  memory: Memory,
): Promise<number | null> {
  const version = source.version(id);
  const [claim] = source.claims([id]);
  if (!version || !claim) return null;
  const path = claim.folder?.path ?? claim.path;
  if (claim.folder?.path === null) {
    tellSeveral(path, adopting, memory);
    return null;
  }
  if (claim.folder) tellUnreadable(path, version, adopting, memory);
  if (!isIntactSoFar(version.integrity.state)) return null;
  return tryToAdopt(manager, source, { version, claim, path }, adopting, memory);
}

async function tryToAdopt(
  manager: ModelManager,
  source: RunReader,
  found: Found,
  adopting: Adopting,
  memory: Memory,
): Promise<number | null> {
  const { path } = found;
  try {
    const done = await adoptWhole(manager, source, found, adopting, memory);
    if (!done) return lookAgainAfter;
    memory.failures.forget(path);
    return null;
  } catch (error) {
    return isGivenUp(error, adopting.signal) ? null : memory.failures.met(path, error);
  }
}

/** Reading ended with the watch; a save that failed meanwhile is a failure. */
function isGivenUp(error: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));
}

/** A version of the folder that is watched; `path` is that of its file, or of the folder that it is. */
interface Found {
  version: Version;
  claim: Claim;
  path: string;
}

/** @returns false while it may become whole, or is not as it was any more */
async function adoptWhole(
  manager: ModelManager,
  source: RunReader,
  found: Found,
  adopting: Adopting,
  memory: Memory,
): Promise<boolean> {
  const { version, claim, path } = found;
  const companions = claim.folder
    ? folderToAdopt(path, claim.folder.files, memory.quietFiles)
    : await companionsToAdopt(source.root, version, memory.quietFiles);
  if (companions === null || !isAsListed(source, claim)) return false;
  // What goes with a model is adopted as it is.
  const whole = await verifyFile({ ...claim, companions: [] }, { signal: adopting.signal });
  const checksum = checksumOfWhole(whole);
  if (checksum !== null && !memory.checksums.has(checksum))
    return adoptVerified(manager, source, { ...found, whole, checksum, companions }, adopting, memory);
  if (checksum !== null) tellLate(path, companions, adopting, memory, readAsOf(manager.config));
  else if (claim.folder) tellUnreadable(path, whole, adopting, memory);
  return true;
}

/** A version of which every byte was read; `companions` as they were before that. */
interface Verified extends Found {
  whole: Verification;
  checksum: string;
  companions: Companions;
}

/** @returns false where it is not as it was any more */
async function adoptVerified(
  manager: ModelManager,
  source: RunReader,
  { version, claim, path, whole, checksum, companions }: Verified,
  adopting: Adopting,
  memory: Memory,
): Promise<boolean> {
  // What the file says of itself may not have been read yet.
  await source.readOwnRecords([version.id]);
  const known = { version: source.version(version.id) ?? version, claim, path };
  const sealed = await sealCompanions(companions, adopting.signal);
  if (sealed === null || !isAsListed(source, claim)) return false;
  const own = whole.files
    ? { source: folderSource(path, whole.files, sealed) }
    : { source: { path, checksum }, companions: sealed.sources };
  const saved = await saveAdopted(manager, known, own, adopting);
  saved.warnings.unshift(...sealed.warnings);
  memory.checksums.add(checksum);
  await rememberAdopted(manager.bookkeeping, checksum, relative(source.root, path)).catch(
    (error: unknown) => {
      saved.warnings.push(`it is saved, but may be saved once more: ${toFailure(error).message}`);
    },
  );
  memory.adopted.set(path, { id: saved.id, kinds: kindsOf(companions) });
  adopting.onSaved(saved, path);
  return true;
}

/** Whether what is told of a version is told of the file, or the folder, that is there now. */
function isAsListed(source: RunReader, claim: Claim): boolean {
  const [listed, now] = [source.listed(claim.id)?.identity, identityOfClaim(claim)];
  return listed != null && now !== null && sameIdentity(listed, now);
}

function saveAdopted(
  manager: ModelManager,
  { version, path }: Found,
  own: Pick<SaveRequest, 'source' | 'companions'>,
  { kind, request }: Adopting,
): Promise<Saved> {
  const facts = factsOf(version, request);
  // Where nothing says how good a version is, rules that keep the best would let all but the newest go.
  const prune = request.prune !== false && Number.isFinite(metricValue(facts, manager.metric.name));
  const name = kind === 'checkpoint' && !('folder' in own.source) ? { name: basename(path) } : {};
  const full = { ...request, ...facts, ...name, prune, ...own };
  return kind === 'best' ? manager.saveBestModel(full) : manager.saveCheckpoint(full);
}

/** @param files what they hold */
function folderSource(
  path: string,
  files: NonNullable<Verification['files']>,
  { looks }: Companions,
): FolderSource {
  const all = files.map(({ name, checksum }) => ({ name, bytes: { path: join(path, name), checksum } }));
  return { folder: basename(path), files: all, isStill: () => areStill(looks) };
}

/** Of a model that was adopted before the folder is watched it is not known any more what went along. */
function tellLate(
  path: string,
  companions: Companions,
  { onFailed }: Adopting,
  { adopted }: Memory,
  readAs: string | undefined,
): void {
  const before = adopted.get(path);
  if (!before) return;
  adopted.set(path, { ...before, kinds: kindsOf(companions) });
  for (const { kind, path: late } of companions.sources) {
    if (before.kinds.has(kind)) continue;
    const place = escapeName(companionFor(before.id, kind, readAs) ?? before.id, 400);
    const why = `it came after its model was adopted — copy it into the run, as ${place}`;
    onFailed(late, new UsageError(why, { path: late }));
  }
}

function kindsOf({ sources }: Companions): ReadonlySet<string> {
  return new Set(sources.map(({ kind }) => kind));
}

/** Of several files that are one checkpoint none is adopted without the others: that is told once. */
function tellSeveral(path: string, { onFailed }: Adopting, { told }: Memory): void {
  if (told.has(path)) return;
  told.add(path);
  const why =
    'it is one of several files that are one checkpoint, and only single files and folders are adopted — copy all of them into the run';
  onFailed(path, new UsageError(why, { path }));
}

/** One that no framework is about to make whole: that is told once, however often it changes. */
function tellUnreadable(
  path: string,
  { integrity }: Pick<Verification, 'integrity'>,
  { onFailed }: Adopting,
  { told }: Memory,
): void {
  if (integrity.state !== 'unreadable' || told.has(path)) return;
  told.add(path);
  const why = `${integrity.detail} — it is adopted whole or not at all — copy it into the run by hand`;
  onFailed(path, new UsageError(why, { path }));
}

/** Null for what is not whole, or not yet: another change of it will be told. */
function checksumOfWhole({ integrity }: Verification): string | null {
  return passesVerify(integrity.state) ? integrity.actual : null;
}

function factsOf(
  { reward, metrics, training_state, step }: Version,
  request: Adopting['request'],
): Pick<SaveRequest, 'reward' | 'trainingState'> & { metrics: JsonObject } {
  const state = training_state ?? (step === null ? null : { global_step: step });
  return {
    reward: toNumber(reward) ?? request.reward,
    metrics: { ...request.metrics, ...metrics },
    trainingState: state ?? request.trainingState ?? null,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
