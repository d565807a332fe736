import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import type { JsonObject } from '../../../shared/model/json.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { limitWords } from '../config/limit-words.ts';
import { configFile } from '../config/read-config.ts';
import type { Settings } from '../config/settings.ts';
import { toFailure } from '../errors.ts';
import { plural } from '../formats/plain-text.ts';
import type { Verification } from '../integrity/verification.ts';
import { whoAmI } from '../lock/lock-run.ts';
import { putMarksAside, tellUnmoved } from '../marks/marks-aside.ts';
import { ownFolder } from '../operations/operation.ts';
import { appendLog } from '../operations/operation-log.ts';
import type { Also, Outcome, Writing } from '../operations/write-run.ts';
import { copiesIn, removedBy } from '../retention/plan-with-survivors.ts';
import type { RunRetention } from '../retention/run-retention.ts';
import { tellDoubted } from '../retention/tell-doubted.ts';
import { type Emptied, keepWithinLimits } from '../trash/empty-trash.ts';
import type { AdoptedChecksums } from './adopted-checksums.ts';
import { assertConfigured } from './check-save.ts';
import { saveFolder } from './save-folder.ts';
import { assertSaveRequest, type Replacement, type Saved, type SaveRequest } from './save-request.ts';
import { type SaveContext, type Stored, saveVersion } from './save-version.ts';

/** Faults of a config that leave it open which versions are to stay. */
const decidesRetention = /^(?:max_best|best_model_selection|cannot be read)/;

/** What saving needs of the run. */
export interface SaveSubject {
  adopted: AdoptedChecksums;
  configProblems: readonly Problem[];
  settings: Settings;
  look(): Promise<void>;
  list(): Iterable<ListedVersion>;
  listed(id: string): ListedVersion | undefined;
  doubtOf(version: ListedVersion, again: boolean): string | null;
  version(id: string): Version | undefined;
  sidecarOf(id: string): JsonObject | null;
  remember(results: readonly Verification[]): void;
}

/** Stores a version, and keeps the trash within its limits. */
export async function saveWithinLimits(
  run: SaveSubject,
  writing: Writing,
  kind: VersionKind,
  request: SaveRequest,
): Promise<Outcome<Saved>> {
  const { config } = writing;
  assertSaveRequest(request);
  assertConfigured(config, run.configProblems);
  if (request.adopts) run.adopted.assertNew(request.adopts);
  await run.look();
  await assertUnnoted(run, writing, request);
  const { emptied, makeRoom } = trashLimits(run, writing);
  const highestVersion = highestOf(run.list());
  const checksumOf = (id: string) => run.version(id)?.checksum ?? null;
  const isPinned = (id: string) => run.version(id)?.pinned ?? false;
  const context = { kind, highestVersion, checksumOf, isPinned, makeRoom };
  const { saved, verified, operation } = await store(writing, request, context).catch(
    async (error: unknown) => {
      for (const each of alsoOf(emptied)) await logAlso(writing, each);
      for (const each of tellEmptied(emptied, run.settings)) writing.onNotice?.(each);
      throw error;
    },
  );
  const replaced = { id: saved.id, checksum: checksumOf(saved.id) };
  run.remember(verified);
  await putMarksAside(writing, [replaced], operation).catch((error: unknown) => {
    saved.warnings.push(tellUnmoved(error));
  });
  saved.warnings.push(...(await noteAdopted(run.adopted, writing, request)));
  saved.warnings.push(...tellFaults(run.configProblems), ...tellDoubt(run.settings));
  await makeRoom(2 * saved.size);
  saved.warnings.push(...tellEmptied(emptied, run.settings));
  const value = { ...saved, replaced: stillThere(saved.replaced, emptied), emptied: emptied.versions };
  return {
    ids: [saved.id],
    value,
    operation: operation ?? undefined,
    bytes: saved.size,
    // That of a checkpoint is a count in its folder's name.
    version: kind === 'best' ? (saved.version ?? undefined) : undefined,
    also: alsoOf(emptied),
  };
}

/** Who was killed between the save and its note left the version, whose sidecar tells what it was adopted from. @throws AlreadyAdopted */
async function assertUnnoted(run: SaveSubject, writing: Writing, request: SaveRequest): Promise<void> {
  const { adopts } = request;
  if (!adopts) return;
  for (const { id, checksum, state } of run.list()) {
    if (checksum !== adopts.checksum || !isIntactSoFar(state)) continue;
    if (run.sidecarOf(id)?.['source'] !== adopts.from) continue;
    await noteAdopted(run.adopted, writing, request);
    return run.adopted.assertNew(adopts);
  }
}

/** Before the lock is free for others who watch. @returns what is worth saying */
async function noteAdopted(
  adopted: AdoptedChecksums,
  { disk }: Writing,
  { adopts }: SaveRequest,
): Promise<string[]> {
  if (!adopts) return [];
  return adopted.remember(adopts, disk).then(
    () => [],
    (error: unknown) => [`it is saved, but may be saved once more: ${toFailure(error).message}`],
  );
}

function store(writing: Writing, request: SaveRequest, context: SaveContext): Promise<Stored> {
  const { source } = request;
  return 'folder' in source
    ? saveFolder(writing, { ...request, source }, context)
    : saveVersion(writing, { ...request, source }, context);
}

/**
 * Retention after a save that is done and on record, whatever comes of this: what it must read, it reads while others may write.
 */
export async function retainAfterSave(
  run: SaveSubject,
  retention: RunRetention,
  write: (work: (writing: Writing) => Promise<Outcome<Retained>>) => Promise<Retained>,
  config: StorageConfig,
  request: SaveRequest,
  saved: Saved,
): Promise<Retained> {
  try {
    if (!(await isRetentionDue(run, config, request, saved))) return nothingPruned(saved);
    const rules = retention.ownRules();
    const { mayPrune, refused } = await retention.foresee(rules);
    if (!mayPrune) {
      saved.warnings.push(...tellDoubted(run, refused));
      return nothingPruned(saved);
    }
    return await write((writing) => retain(run, retention, writing, saved));
  } catch (error) {
    saved.warnings.push(`it is saved, but retention did not run: ${toFailure(error).message}`);
    return nothingPruned(saved);
  }
}

/** What retention moved, the operation that brings it back, what the trash let go for it, and where what was replaced is since. */
export type Retained = Pick<Saved, 'copies' | 'emptied' | 'pruned' | 'pruning' | 'replaced' | 'stays'>;

function nothingPruned({ replaced }: Saved): Retained {
  return { pruned: [], pruning: null, emptied: [], replaced };
}

/** What the limits took cannot be undone. */
function stillThere(replaced: Replacement | null, { operations }: Emptied): Replacement | null {
  const isGone = operations.some((id) => id === replaced?.operation);
  return replaced && isGone ? { ...replaced, operation: null } : replaced;
}

/** What went, and what makes it go. */
function trashLimits(run: SaveSubject, { disk, root }: Writing) {
  const emptied: Emptied = { operations: [], versions: [], bytes: 0, failure: null, written: [] };
  const makeRoom = async (room: number) => {
    if (run.settings.inDoubt) return;
    const gone = await keepWithinLimits(disk, root, { ...run.settings.trash, room });
    emptied.operations.push(...gone.operations);
    emptied.versions.push(...gone.versions);
    emptied.bytes += gone.bytes;
    emptied.failure ??= gone.failure;
    emptied.written = [...new Set([...emptied.written, ...gone.written])];
  };
  return { emptied, makeRoom };
}

function alsoOf({ versions, bytes, failure }: Emptied): Also[] {
  if (versions.length === 0 && failure === null) return [];
  const result = failure === null ? 'done' : toFailure(failure).message;
  return [{ command: 'empty trash (its limits)', ids: versions, result, bytes }];
}

/** What is gone for good is told, with so many names. */
const mostNamed = 20;

function tellEmptied({ versions, failure, written }: Emptied, { trash }: Settings): string[] {
  const stopped =
    failure === null ? [] : [`the trash is not kept within its limits: ${toFailure(failure).message}`];
  stopped.push(...tellWritten(written));
  if (versions.length === 0) return stopped;
  const names = versions.slice(0, mostNamed).map((id) => escapeName(id, 400));
  const more = versions.length > mostNamed ? ` and ${versions.length - mostNamed} more` : '';
  const what = `${plural(versions.length, 'version')} deleted for good from the trash`;
  return [`${what}, by its limits (${limitWords(trash)}): ${names.join(', ')}${more}`, ...stopped];
}

function tellWritten([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  const more = others.length > 0 ? `, and ${others.length} more,` : '';
  return [
    `${escapeName(first, 400)}${more} was written to since it went to the trash, and stays beyond its limits: undo or empty that operation`,
  ];
}

/** What is gone for good is in the log, even where the save came to nothing. */
async function logAlso({ disk, root }: Writing, also: Also): Promise<void> {
  const entry = { ...also, at: new Date().toISOString(), who: whoAmI(), seconds: 0 };
  await appendLog(disk, `${root}/${ownFolder}`, entry).catch(() => undefined);
}

/** Faults of the config by which it was saved; those that decide who stays are told where that is asked. */
function tellFaults(problems: readonly Problem[]): string[] {
  const faults = problems.filter(
    ({ path, problem }) => path === configFile && !decidesRetention.test(problem),
  );
  return faults.map(({ path, problem }) => `${path}: ${problem}`);
}

function tellDoubt({ inDoubt }: Settings): string[] {
  if (!inDoubt) return [];
  const { path, problem } = inDoubt;
  return [`nothing is deleted from the trash by itself, until this is corrected: ${path}: ${problem}`];
}

/** The highest version number that sidecars tell. */
function highestOf(versions: Iterable<ListedVersion>): number {
  let highest = 0;
  for (const { number } of versions) highest = Math.max(highest, number ?? 0);
  return highest;
}

/** Not where it is unsure what the rules are, nor for a file that takes the place of no other. */
async function isRetentionDue(
  run: SaveSubject,
  config: StorageConfig,
  { prune = true, signal }: SaveRequest,
  { kind, torn, warnings }: Saved,
): Promise<boolean> {
  await run.look();
  if (!prune || signal?.aborted || kind !== 'best' || config.max_best_models === 0) return false;
  if (torn !== null) {
    warnings.push('nothing was pruned: what was saved is torn, so it takes the place of no other');
    return false;
  }
  const unsure = run.configProblems.find(
    ({ path, problem }) => path === configFile && decidesRetention.test(problem),
  );
  if (unsure) warnings.push(`nothing was pruned, until this is corrected: ${unsure.path}: ${unsure.problem}`);
  return !unsure;
}

/** By the run's own rules; then the trash may be beyond its limits again. */
async function retain(
  run: SaveSubject,
  retention: RunRetention,
  writing: Writing,
  saved: Saved,
): Promise<Outcome<Retained>> {
  const { plan, operation, moved, returned } = await retention.prune(writing, retention.ownRules(), {
    automatic: true,
  });
  for (const [id, why] of plan.immovable)
    saved.warnings.push(`${escapeName(id, 400)} stays, though no rule keeps it: ${why}`);
  saved.warnings.push(...tellDoubted(run, plan.refused));
  for (const id of returned)
    saved.warnings.push(
      `${escapeName(id, 400)} had been brought back, and no rule keeps it: it waits in the trash until somebody empties that — pin what is to stay in the run`,
    );
  const { emptied, makeRoom } = trashLimits(run, writing);
  await makeRoom(2 * saved.size);
  saved.warnings.push(...tellEmptied(emptied, run.settings));
  const ids = [...removedBy(plan)];
  const pruning = emptied.operations.some((id) => id === operation) ? null : operation;
  const replaced = stillThere(saved.replaced, emptied);
  const stays = returned.length > 0;
  const value = { pruned: ids, pruning, copies: copiesIn(plan), emptied: emptied.versions, replaced, stays };
  return { ids, value, operation: operation ?? undefined, bytes: moved, also: alsoOf(emptied) };
}
