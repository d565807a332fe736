import { join, relative, sep } from 'node:path';
import { type Integrity, isIntactSoFar, passesVerify } from '../../../shared/model/integrity.ts';
import { rankLatest } from '../../../shared/query/rank-versions.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { readAsOf } from '../config/read-as.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { identityOfClaim } from '../integrity/claim-folder.ts';
import type { Claim, Verification } from '../integrity/verification.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import type { ModelManager } from '../model-manager.ts';
import { assertWritable } from '../operations/write-run.ts';
import { RunReader } from '../run-reader.ts';
import { AlreadyAdopted } from './adopted-checksums.ts';
import type { Adopting, Found, Memory } from './adopting.ts';
import { AdoptionFailures } from './adoption-failures.ts';
import { AdoptionWaits, type Wait } from './adoption-waits.ts';
import { type Companions, companionsToAdopt, folderToAdopt, sealCompanions } from './companions-to-adopt.ts';
import { folderToSave } from './folder-to-save.ts';
import { areStill, QuietFiles } from './quiet-files.ts';
import { saveAdopted } from './save-adopted.ts';
import { kindsOf, tellLate, tellUnreadable } from './tell-unadopted.ts';

/**
 * Saves what another program writes into a folder, each file, folder, or set of files, that is a version, once it is whole, and with it what goes with it, until it is told to stop. Bytes that were adopted
 * before are passed over; nothing is written into the folder.
 * @throws UsageError when the folder cannot be opened, or is part of the run; ModelManagerError when the run cannot be written to, or it cannot be
 * told what was adopted before
 */
export async function adoptFolder(manager: ModelManager, folder: string, adopting: Adopting): Promise<void> {
  const source = new RunReader(folder, { config: {} });
  assertApart(manager.root, source.root);
  assertWritable(manager.root);
  manager.adopted.refresh();
  const memory: Memory = {
    told: new Set(),
    adopted: new Map(),
    quietFiles: new QuietFiles(),
    failures: new AdoptionFailures(adopting.onFailed),
    waits: new AdoptionWaits(adopting.onWaiting),
  };
  const waiting = new Map<string, NodeJS.Timeout>();
  let underWay = Promise.resolve();
  const adopt = (id: string) => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    underWay = underWay.then(async () => {
      if (adopting.signal.aborted) return;
      const pause = await adoptOne(manager, source, id, adopting, memory).catch((error: unknown) =>
        memory.failures.met(pathOf(source, id), error),
      );
      if (pause !== null) waiting.set(id, setTimeout(adopt, pause, id));
    });
  };
  source.subscribe((event) => {
    if (event.type === 'versions') asWritten(source, event.changed).forEach(adopt);
    if (event.type === 'looked') tellGone(source, memory);
  });
  source.follow();
  const interrupted = manager.settleInterrupted();
  adopting.onWatching?.();
  await aborted(adopting.signal);
  interrupted.close();
  source.close();
  await underWay;
  for (const timer of waiting.values()) clearTimeout(timer);
}

/** A model whose companions, or a folder whose files, may still come is looked at again after so long, in milliseconds. */
const lookAgainAfter = 500;

/** The oldest first, so that versions are numbered in the order in which training wrote what was there before. */
function asWritten(source: RunReader, ids: readonly string[]): string[] {
  return rankLatest(ids.flatMap((id) => source.listed(id) ?? []))
    .reverse()
    .map(({ id }) => id);
}

/** @throws UsageError: what Cairn itself saves would be adopted for ever */
export function assertApart(run: string, folder: string): void {
  const isWithin = (path: string, other: string) => `${path}${sep}`.startsWith(`${other}${sep}`);
  if (!isWithin(folder, run) && !isWithin(run, folder)) return;
  throw new UsageError(
    `cannot watch ${escapeName(folder)} — it is part of the run, or the run of it — name a folder beside the run`,
    { path: folder },
  );
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
  const { integrity } = version;
  if (claim.folder) tellUnreadable(path, integrity, adopting, memory);
  // That a file could not be looked into may be over by now.
  const isWorthATry = integrity.state === 'unreadable' && !claim.folder;
  if (isIntactSoFar(integrity.state) || isWorthATry)
    return tryToAdopt(manager, source, { version, claim, path }, adopting, memory);
  tellUnwhole(path, integrity, memory);
  return null;
}

/** What is told of a version is told by this: its folder where it is one, else its file. */
function pathOf(source: RunReader, id: string): string {
  const [claim] = source.claims([id]);
  return claim?.folder?.path ?? claim?.path ?? join(source.root, id);
}

/** It goes on where the folder comes back. */
function tellGone({ root, watch: { state, detail } }: RunReader, { waits }: Memory): void {
  if (state !== 'gone') return waits.forget(root);
  waits.met(root, { waitsFor: detail ?? 'it is not there', isBrief: false });
}

/** Another change of it will be told. */
function tellUnwhole(path: string, { state, detail }: Integrity, { waits }: Memory): void {
  if (state === 'missing' || state === 'unreadable') return;
  // How much of it is there tells nothing new each time.
  const waitsFor = state === 'writing' ? 'it is being written' : `it is not whole: ${detail ?? state}`;
  waits.met(path, { waitsFor, isBrief: false });
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
    const wait = await adoptWhole(manager, source, found, adopting, memory);
    memory.failures.forget(path);
    if (wait === null) memory.waits.forget(path);
    else if (wait !== notWhole) memory.waits.met(path, wait);
    return wait === null || wait === notWhole ? null : lookAgainAfter;
  } catch (error) {
    return isGivenUp(error, adopting.signal) ? null : memory.failures.met(path, error);
  }
}

/** Reading ended with the watch; a save that failed meanwhile is a failure. */
function isGivenUp(error: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));
}

const changing: Wait = { waitsFor: 'it changed a moment ago', isBrief: true };
/** What it waits for is told: another change of it will be. */
const notWhole = 'not whole';

/** @returns what it waits for while it may become whole, or is not as it was any more; null once it is settled */
async function adoptWhole(
  manager: ModelManager,
  source: RunReader,
  found: Found,
  adopting: Adopting,
  memory: Memory,
): Promise<Wait | typeof notWhole | null> {
  const { version, claim, path } = found;
  const companions = claim.folder
    ? folderToAdopt(claim.folder, memory.quietFiles)
    : await companionsToAdopt(source.root, version, memory.quietFiles);
  if ('waitsFor' in companions) return companions;
  if (!isAsListed(source, claim)) return changing;
  // What goes with a model is adopted as it is.
  const whole = await verifyFile({ ...claim, companions: [] }, { signal: adopting.signal });
  assertRead(path, whole);
  const checksum = checksumOfWhole(whole);
  if (checksum === null) {
    tellUnwhole(path, whole.integrity, memory);
    return notWhole;
  }
  if (!manager.adopted.has(checksum))
    return adoptVerified(manager, source, { ...found, whole, checksum, companions }, adopting, memory);
  tellLate(path, companions, adopting, memory, readAsOf(manager.config));
  return null;
}

/** What keeps it from being read may pass; another thing that does is another failure. One that went is none. @throws ModelManagerError */
function assertRead(path: string, { integrity: { state, detail } }: Verification): void {
  if (state !== 'unreadable' || tryLookAt(path) === null) return;
  throw new ModelManagerError(`${detail ?? 'it cannot be read'} — that may pass — it is tried again`, {
    path,
  });
}

/** A version of which every byte was read; `companions` as they were before that. */
interface Verified extends Found {
  whole: Verification;
  checksum: string;
  companions: Companions;
}

/** @returns what it waits for where it is not as it was any more */
async function adoptVerified(
  manager: ModelManager,
  source: RunReader,
  { version, claim, path, whole, checksum, companions }: Verified,
  adopting: Adopting,
  memory: Memory,
): Promise<Wait | null> {
  // What the file says of itself may not have been read yet.
  await source.readOwnRecords([version.id]);
  const known = { version: source.version(version.id) ?? version, claim, path };
  const sealed = await sealCompanions(companions, adopting.signal);
  if (sealed === null || !isAsListed(source, claim)) return changing;
  const adopts = { checksum, from: relative(source.root, path) };
  const isStill = () => areStill(sealed.looks) && hasSameFiles(source, claim);
  const own =
    claim.folder && whole.files
      ? { source: folderToSave(claim, whole.files, isStill), adopts }
      : { source: { path, checksum }, companions: sealed.sources, adopts };
  try {
    const saved = await saveAdopted(manager, known, own, adopting);
    saved.warnings.unshift(...sealed.warnings);
    memory.adopted.set(path, { id: saved.id, kinds: kindsOf(companions) });
    adopting.onSaved(saved, path);
  } catch (error) {
    if (!(error instanceof AlreadyAdopted)) throw error;
  }
  return null;
}

/** Whether what is told of a version is told of the file, or the folder, that is there now. */
function isAsListed(source: RunReader, claim: Claim): boolean {
  const [listed, now] = [source.listed(claim.id)?.identity, identityOfClaim(claim)];
  return listed != null && now !== null && sameIdentity(listed, now);
}

/** What comes to several files is told by no folder of theirs. */
function hasSameFiles(source: RunReader, { id, folder }: Claim): boolean {
  const [now] = source.claims([id]);
  return now?.folder?.files.length === folder?.files.length;
}

/** Null for what is not whole, or not yet: another change of it will be told. */
function checksumOfWhole({ integrity }: Verification): string | null {
  return passesVerify(integrity.state) ? integrity.actual : null;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
