import { basename, join, relative, sep } from 'node:path';
import { isIntactSoFar, passesVerify } from '../../../shared/model/integrity.ts';
import { toNumber } from '../../../shared/model/json.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { companionFor } from '../catalog/layouts/known-layouts.ts';
import { innerFolderOf } from '../catalog/version-folders.ts';
import { readAsOf } from '../config/read-as.ts';
import { toFailure, UsageError } from '../errors.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import type { ModelManager } from '../model-manager.ts';
import { RunReader } from '../run-reader.ts';
import { readAdopted, rememberAdopted } from './adopted-checksums.ts';
import { type Companions, companionsToAdopt } from './companions-to-adopt.ts';
import type { Saved, SaveRequest } from './save-request.ts';

export interface Adopting {
  kind: VersionKind;
  /** What every version gets; what the file's own record or name says of it goes before that. */
  request: Omit<SaveRequest, 'source' | 'name' | 'companions'>;
  /** Ends it, once the save that is under way is done. */
  signal: AbortSignal;
  onSaved: (saved: Saved, from: string) => void;
  /** A file that could not be saved; the next ones still are. */
  onFailed: (from: string, error: unknown) => void;
}

/**
 * Saves what another program writes into a folder, each file once it is whole, and with it what goes with it, until it is told to stop. Bytes that were adopted
 * before are passed over; nothing is written into the folder.
 * @throws UsageError when the folder cannot be opened, or is part of the run
 */
export async function adoptFolder(manager: ModelManager, folder: string, adopting: Adopting): Promise<void> {
  const source = new RunReader(folder, { config: {} });
  assertApart(manager.root, source.root);
  const memory: Memory = { told: new Set(), adopted: new Map() };
  const waiting = new Map<string, NodeJS.Timeout>();
  let underWay = Promise.resolve();
  const adopt = (id: string) => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    underWay = underWay.then(async () => {
      if (adopting.signal.aborted) return;
      const done = await adoptOne(manager, source, id, adopting, memory);
      if (!done) waiting.set(id, setTimeout(adopt, lookAgainAfter, id));
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

/** A model whose companions may still come is looked at again after so long, in milliseconds. */
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

/** What was told and done since the folder is watched, by absolute paths in it: folders that are not adopted, and models with what went along. */
interface Memory {
  told: Set<string>;
  adopted: Map<string, { id: string; kinds: ReadonlySet<string> }>;
}

/** @returns whether it need not be looked at again before it changes */
async function adoptOne(
  manager: ModelManager,
  source: RunReader,
  id: string,
  adopting: Adopting,
  memory: Memory,
): Promise<boolean> {
  const version = source.version(id);
  const inner = innerFolderOf(id, source.config);
  if (version && inner !== null) tellFolder(join(source.root, inner), adopting, memory);
  if (!version || inner !== null || !isIntactSoFar(version.integrity.state)) return true;
  const path = join(source.root, id);
  try {
    return await adoptWhole(manager, source, version, path, adopting, memory);
  } catch (error) {
    adopting.onFailed(path, error);
    return true;
  }
}

/** What {@link adoptOne} does with a file that may be whole. */
async function adoptWhole(
  manager: ModelManager,
  source: RunReader,
  version: Version,
  path: string,
  adopting: Adopting,
  memory: Memory,
): Promise<boolean> {
  const companions = await companionsToAdopt(source.root, version);
  if (companions === null) return false;
  const checksum = await checksumOfWhole(source, version.id);
  if (checksum === null) return true;
  if (readAdopted(manager.bookkeeping).has(checksum)) {
    tellLate(path, companions, adopting, memory, readAsOf(manager.config));
    return true;
  }
  // What the file says of itself may not have been read yet.
  await source.readOwnRecords([version.id]);
  const known = source.version(version.id) ?? version;
  const saved = await saveAdopted(manager, known, path, adopting, companions);
  await rememberAdopted(manager.bookkeeping, checksum, relative(source.root, path)).catch(
    (error: unknown) => {
      saved.warnings.push(`it is saved, but may be saved once more: ${toFailure(error).message}`);
    },
  );
  memory.adopted.set(path, { id: saved.id, kinds: kindsOf(companions) });
  adopting.onSaved(saved, path);
  return true;
}

async function saveAdopted(
  manager: ModelManager,
  version: Version,
  path: string,
  { kind, request }: Adopting,
  { sources, warnings }: Companions,
): Promise<Saved> {
  const name = kind === 'checkpoint' ? { name: basename(path) } : {};
  const facts = factsOf(version, request);
  // Where nothing says how good a version is, rules that keep the best would let all but the newest go.
  const prune = request.prune !== false && Number.isFinite(facts.reward);
  const full = { ...request, ...facts, ...name, prune, source: { path }, companions: sources };
  const saved = await (kind === 'best' ? manager.saveBestModel(full) : manager.saveCheckpoint(full));
  return { ...saved, warnings: [...warnings, ...saved.warnings] };
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

/** Once of each, however often it changes. */
function tellFolder(path: string, { onFailed }: Adopting, { told }: Memory): void {
  if (told.has(path)) return;
  told.add(path);
  const why =
    'it is a folder, and only files are adopted — copy it into the run, where it is a version as it stands';
  onFailed(path, new UsageError(why, { path }));
}

/** Null for a file that is not whole, or not yet: another change of it will be told. */
async function checksumOfWhole(source: RunReader, id: string): Promise<string | null> {
  const [claim] = source.claims([id]);
  if (!claim) return null;
  const { integrity } = await verifyFile(claim);
  return passesVerify(integrity.state) ? integrity.actual : null;
}

function factsOf(
  { reward, metrics, training_state, step }: Version,
  request: Adopting['request'],
): Pick<SaveRequest, 'reward' | 'metrics' | 'trainingState'> {
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
