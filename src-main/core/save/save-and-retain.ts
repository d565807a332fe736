import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { configFile } from '../config/read-config.ts';
import type { Settings } from '../config/settings.ts';
import { toFailure } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { addSeals } from '../integrity/add-seals.ts';
import { withSidecar } from '../integrity/remember-sidecar.ts';
import type { Verification } from '../integrity/verification.ts';
import { verifiedOnWriting } from '../integrity/verified-on-writing.ts';
import { whoAmI } from '../lock/lock-run.ts';
import { ownFolder } from '../operations/operation.ts';
import { appendLog } from '../operations/operation-log.ts';
import type { Also, Outcome, Writing } from '../operations/write-run.ts';
import { removedBy } from '../retention/plan-with-survivors.ts';
import type { RunRetention } from '../retention/run-retention.ts';
import { type Emptied, keepWithinLimits } from '../trash/empty-trash.ts';
import { assertConfigured } from './check-save.ts';
import type { Saved, SaveRequest } from './save-request.ts';
import { saveVersion } from './save-version.ts';

/** Faults of a config that leave it open which versions are to stay. */
const decidesRetention = /^(?:max_best|best_model_selection|cannot be read)/;

/** What saving needs of the run. */
export interface SaveSubject {
  configProblems: readonly Problem[];
  settings: Settings;
  look(): Promise<void>;
  list(): Iterable<ListedVersion>;
  version(id: string): Version | undefined;
  remember(results: readonly Verification[]): void;
}

/** Stores a version, and keeps the trash within its limits. */
export async function saveWithinLimits(
  run: SaveSubject,
  writing: Writing,
  kind: VersionKind,
  request: SaveRequest,
): Promise<Outcome<Saved>> {
  const { disk, root, config } = writing;
  assertConfigured(config, run.configProblems);
  await run.look();
  const { emptied, makeRoom } = trashLimits(run, writing);
  const highestVersion = highestOf(run.list());
  const checksumOf = (id: string) => run.version(id)?.checksum ?? null;
  const context = { kind, highestVersion, checksumOf, makeRoom };
  const { operation, ...saved } = await saveVersion(writing, request, context).catch(
    async (error: unknown) => {
      for (const each of alsoOf(emptied)) await logAlso(writing, each);
      throw error;
    },
  );
  run.remember(verifiedOnWriting(root, saved).map((verification) => withSidecar(root, verification)));
  saved.warnings.push(...tellDoubt(run.settings));
  // The version is stored, whatever comes of its record and the tidying after it.
  if (!config.save_metadata)
    await addSeals(disk, root, [saved]).catch((error: unknown) => {
      saved.warnings.push(`it is saved, but its checksum is not on record: ${explainError(error)}`);
    });
  await makeRoom(2 * saved.size);
  tellEmptied(emptied, saved);
  const also = alsoOf(emptied);
  return { ids: [saved.id], value: saved, operation: operation ?? undefined, bytes: saved.size, also };
}

/**
 * Retention after a save that is done and on record, whatever comes of this: what it must read, it reads while others may write.
 * @returns ids that went to the trash
 */
export async function retainAfterSave(
  run: SaveSubject,
  retention: RunRetention,
  write: (work: (writing: Writing) => Promise<Outcome<string[]>>) => Promise<string[]>,
  config: StorageConfig,
  request: SaveRequest,
  saved: Saved,
): Promise<string[]> {
  try {
    if (!(await isRetentionDue(run, config, request, saved))) return [];
    const rules = retention.ownRules();
    if (!(await retention.foresee(rules))) return [];
    return await write((writing) => retain(run, retention, writing, saved));
  } catch (error) {
    saved.warnings.push(`it is saved, but retention did not run: ${toFailure(error).message}`);
    return [];
  }
}

/** What went, and what makes it go. */
function trashLimits(run: SaveSubject, { disk, root }: Writing) {
  const emptied: Emptied = { versions: [], bytes: 0, failure: null };
  const makeRoom = async (room: number) => {
    if (run.settings.inDoubt) return;
    const { versions, bytes, failure } = await keepWithinLimits(disk, root, { ...run.settings.trash, room });
    emptied.versions.push(...versions);
    emptied.bytes += bytes;
    emptied.failure ??= failure;
  };
  return { emptied, makeRoom };
}

function tellEmptied({ failure }: Emptied, { warnings }: Saved): void {
  if (failure !== null)
    warnings.push(`the trash is not kept within its limits: ${toFailure(failure).message}`);
}

function alsoOf({ versions, bytes, failure }: Emptied): Also[] {
  if (versions.length === 0 && failure === null) return [];
  const result = failure === null ? 'done' : toFailure(failure).message;
  return [{ command: 'empty trash (its limits)', ids: versions, result, bytes }];
}

/** What is gone for good is in the log, even where the save came to nothing. */
async function logAlso({ disk, root }: Writing, also: Also): Promise<void> {
  const entry = { ...also, at: new Date().toISOString(), who: whoAmI(), seconds: 0 };
  await appendLog(disk, `${root}/${ownFolder}`, entry).catch(() => undefined);
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

/** Not where it is unsure what the rules are. */
async function isRetentionDue(
  run: SaveSubject,
  config: StorageConfig,
  { prune = true }: SaveRequest,
  { kind, warnings }: Saved,
): Promise<boolean> {
  await run.look();
  if (!prune || kind !== 'best' || config.max_best_models === 0) return false;
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
): Promise<Outcome<string[]>> {
  const { plan, operation } = await retention.prune(writing, retention.ownRules(), { automatic: true });
  for (const [id, why] of plan.immovable)
    saved.warnings.push(`${escapeName(id, 400)} stays, though no rule keeps it: ${why}`);
  const { emptied, makeRoom } = trashLimits(run, writing);
  await makeRoom(2 * saved.size);
  tellEmptied(emptied, saved);
  const ids = [...removedBy(plan)];
  const { bytes } = plan;
  return { ids, value: ids, operation: operation ?? undefined, bytes, also: alsoOf(emptied) };
}
