import type { Problem } from '../../../shared/model/run.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { limitWords } from '../config/limit-words.ts';
import { configFile } from '../config/read-config.ts';
import type { Settings } from '../config/settings.ts';
import { toFailure } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { plural } from '../formats/plain-text.ts';
import { addSeals } from '../integrity/add-seals.ts';
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

/** Stores a version, and does what follows a save: retention, and the limits of the trash. */
export async function saveAndRetain(
  run: SaveSubject,
  retention: RunRetention,
  writing: Writing,
  kind: VersionKind,
  request: SaveRequest,
): Promise<Outcome<Saved>> {
  const { disk, root, config } = writing;
  assertConfigured(config, run.configProblems);
  await run.look();
  const emptied: Emptied = { versions: [], failure: null };
  const makeRoom = async (room: number) => {
    if (run.settings.inDoubt) return;
    const { versions, failure } = await keepWithinLimits(disk, root, { ...run.settings.trash, room });
    emptied.versions.push(...versions);
    emptied.failure ??= failure;
  };
  const highestVersion = highestOf(run.list());
  const checksumOf = (id: string) => run.version(id)?.checksum ?? null;
  const context = { kind, highestVersion, checksumOf, makeRoom };
  const { saved, look } = await saveVersion(writing, request, context).catch(async (error: unknown) => {
    for (const each of alsoOf(emptied)) await logAlso(writing, each);
    for (const each of tellEmptied(emptied, run.settings)) writing.onNotice?.(each);
    throw error;
  });
  run.remember(verifiedOnWriting(root, saved, look));
  saved.warnings.push(...tellDoubt(run.settings));
  // The version is stored, whatever comes of its record and the tidying after it.
  if (!config.save_metadata)
    await addSeals(disk, root, [saved]).catch((error: unknown) => {
      saved.warnings.push(`it is saved, but its checksum is not on record: ${explainError(error)}`);
    });
  const retained = await retain(run, retention, writing, request, saved).catch((error: unknown) => {
    saved.warnings.push(`it is saved, but retention did not run: ${toFailure(error).message}`);
    return nothingPruned;
  });
  await makeRoom(2 * saved.size);
  saved.warnings.push(...tellEmptied(emptied, run.settings));
  if (emptied.failure !== null)
    saved.warnings.push(`the trash is not kept within its limits: ${toFailure(emptied.failure).message}`);
  return {
    ids: [saved.id, ...retained.pruned],
    value: { ...saved, ...stillThere(retained, emptied), emptied: emptied.versions },
    also: alsoOf(emptied),
  };
}

function alsoOf({ versions, failure }: Emptied): Also[] {
  if (versions.length === 0 && failure === null) return [];
  const result = failure === null ? 'done' : toFailure(failure).message;
  return [{ command: 'empty trash (its limits)', ids: versions, result }];
}

/** What is gone for good is told, with so many names. */
const mostNamed = 20;

function tellEmptied({ versions }: Emptied, { trash }: Settings): string[] {
  if (versions.length === 0) return [];
  const names = versions.slice(0, mostNamed).map((id) => escapeName(id, 400));
  const more = versions.length > mostNamed ? ` and ${versions.length - mostNamed} more` : '';
  const what = `${plural(versions.length, 'version')} deleted for good from the trash`;
  return [`${what}, by its limits (${limitWords(trash)}): ${names.join(', ')}${more}`];
}

/** What the limits took at once cannot be undone. */
function stillThere({ pruned, pruning }: Retained, { versions }: Emptied): Retained {
  const gone = new Set(versions);
  return { pruned, pruning: pruned.every((id) => gone.has(id)) ? null : pruning };
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

type Retained = Pick<Saved, 'pruned' | 'pruning'>;
const nothingPruned: Retained = { pruned: [], pruning: null };

/** The run's own rules, unless it is unsure what they are. */
async function retain(
  run: SaveSubject,
  retention: RunRetention,
  writing: Writing,
  { prune = true }: SaveRequest,
  { kind, torn, warnings }: Saved,
): Promise<Retained> {
  await run.look();
  if (!prune || kind !== 'best' || writing.config.max_best_models === 0) return nothingPruned;
  if (torn !== null) {
    warnings.push('nothing was pruned: what was saved is torn, so it takes the place of no other');
    return nothingPruned;
  }
  const unsure = run.configProblems.find(
    ({ path, problem }) => path === configFile && decidesRetention.test(problem),
  );
  if (unsure) {
    warnings.push(`nothing was pruned, until this is corrected: ${unsure.path}: ${unsure.problem}`);
    return nothingPruned;
  }
  const { plan, operation } = await retention.prune(writing, retention.ownRules(), { automatic: true });
  for (const [id, why] of plan.immovable)
    warnings.push(`${escapeName(id, 400)} stays, though no rule keeps it: ${why}`);
  return { pruned: [...removedBy(plan)], pruning: operation };
}
