import { posix } from 'node:path';
import { objectOrNull } from '../../../shared/model/json.ts';
import { filesOfVersions, type VersionFiles } from '../catalog/files-of-versions.ts';
import { parseJsonExactly } from '../catalog/parse-json.ts';
import { chooseSidecar, sidecarLimit } from '../catalog/read-sidecar.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { readFileText } from '../files/read-text.ts';
import { type StagedFile, stageFile } from '../files/stage-file.ts';
import { allowSidecar } from '../integrity/remember-sidecar.ts';
import type { Claim, Verification } from '../integrity/verification.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { placeStep } from '../operations/make-step.ts';
import { bytesKept, type Step } from '../operations/operation.ts';
import { assertUntouched, isUntouched, type Seen } from '../operations/untouched.ts';
import { complete, type OperationDraft, type Outcome, type Writing } from '../operations/write-run.ts';
import { inRun } from '../save/stage-backup.ts';
import { type Evaluation, sidecarChanges } from './evaluation.ts';
import { spliceJson } from './splice-json.ts';

/** What recording needs of the run. */
export interface EvaluationSubject {
  look(): Promise<void>;
  claims(ids: readonly string[]): Claim[];
  remember(results: readonly Verification[]): void;
}

/** Which versions have it in their sidecars, which have not and why, and the operation that takes it back; null where nothing changed. */
export interface RecordedEvaluations {
  recorded: string[];
  unrecorded: { id: string; why: string }[];
  operation: string | null;
}

/** A sidecar as it is, and as it is to be. */
interface Rewriting {
  id: string;
  /** Relative to the run. */
  path: string;
  identity: FileIdentity;
  old: string;
  fresh: string;
}

/**
 * Puts what benchmarks found into the sidecars of versions, all in one operation; nothing else of them changes. A sidecar that was believed
 * before is believed then too, and after an undo. The caller holds the run's lock.
 */
export async function recordEvaluations(
  run: EvaluationSubject,
  writing: Writing,
  evaluations: readonly Evaluation[],
): Promise<Outcome<RecordedEvaluations>> {
  await run.look();
  const { rewritings, unrecorded } = await planRewritings(writing, evaluations);
  const changing = rewritings.filter(({ old, fresh }) => old !== fresh);
  const draft = writing.newOperation('benchmark', 'benchmark', true);
  if (changing.length > 0) await rewrite(run, writing, draft, changing);
  const recorded = rewritings.map(({ id }) => id);
  const operation = changing.length > 0 ? draft.id : null;
  const ids = changing.map(({ id }) => id);
  // It is on record, whether that is seen now or later.
  await run.look().catch(() => undefined);
  return { ids, value: { recorded, unrecorded, operation }, operation: operation ?? undefined };
}

/** Sidecars as they are to be, and why there is none for the others. Nothing is written. */
async function planRewritings({ disk, root, config }: Writing, evaluations: readonly Evaluation[]) {
  const ids = new Set(evaluations.map(({ id }) => id));
  const sidecars = ownSidecars(filesOfVersions(root, config, ids));
  const rewritings: Rewriting[] = [];
  const unrecorded: RecordedEvaluations['unrecorded'] = [];
  for (const evaluation of evaluations) {
    const { id } = evaluation;
    try {
      assertEvaluated(evaluation, await disk.lookAt(`${root}/${id}`));
      rewritings.push(rewritingOf(root, evaluation, sidecars.get(id)));
    } catch (error) {
      unrecorded.push({ id, why: explainError(error) });
    }
  }
  return { rewritings, unrecorded };
}

/** The sidecar of each version, by id, that no other version shares. */
function ownSidecars(versions: readonly VersionFiles[]): Map<string, string> {
  const owners = new Map<string, string | null>();
  for (const { id, files } of versions) {
    const path = chooseSidecar(files.filter((file) => file.endsWith('.json')));
    if (path !== undefined) owners.set(path, owners.has(path) ? null : id);
  }
  return new Map([...owners].flatMap(([path, id]) => (id === null ? [] : [[id, path] as const])));
}

/** @throws Error in one clause where the file is another one by now */
function assertEvaluated({ identity }: Evaluation, now: Seen | null): void {
  if (!isUntouched(identity, now)) throw new Error('its file changed since it was evaluated');
}

/** @throws Error in one clause where the sidecar is none that can be kept to the letter */
function rewritingOf(root: string, evaluation: Evaluation, path: string | undefined): Rewriting {
  if (path === undefined) throw new Error('it has no sidecar of its own');
  const { text: old, identity } = readFileText(`${root}/${path}`, sidecarLimit);
  const sidecar = objectOrNull(parseJsonExactly(old.replace(/^\ufeff/, '')));
  if (!sidecar || Buffer.byteLength(old) !== identity.size)
    throw new Error('its sidecar is no JSON object in UTF-8');
  const changes = sidecarChanges(evaluation, sidecar);
  const fresh = changes.reduce((text, change) => spliceJson(text, change.path, change.value), old);
  if (Buffer.byteLength(fresh) > sidecarLimit)
    throw new Error('its sidecar would be larger than any that is read');
  return { id: evaluation.id, path, identity, old, fresh };
}

async function rewrite(
  run: EvaluationSubject,
  { disk, root }: Writing,
  draft: OperationDraft,
  rewritings: readonly Rewriting[],
): Promise<void> {
  const staged: StagedFile[] = [];
  try {
    const steps: Step[] = [];
    for (const { path, identity, fresh } of rewritings) {
      const mode = (await disk.lookAt(`${root}/${path}`))?.mode;
      const file = await stageFile(
        disk,
        posix.dirname(`${root}/${path}`),
        posix.basename(path),
        [Buffer.from(fresh)],
        mode,
      );
      staged.push(file);
      const step = await placeStep(disk, root, inRun(root, file.path), path, draft.id);
      assertUntouched(identity, replacedBy(step), path);
      steps.push(step);
    }
    // Before it is done: whatever comes of it, Cairn will not take either text for a stranger's.
    run.remember(allowedBy(run, rewritings));
    const ids = rewritings.map(({ id }) => id);
    await commitOperation(disk, root, complete(draft, steps, ids, bytesKept(steps)));
  } catch (error) {
    for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

function replacedBy({ over, replaced }: Step): Seen | null {
  return over === null || !replaced ? null : { ino: over, size: replaced.size, mtimeMs: replaced.mtime };
}

function allowedBy(run: EvaluationSubject, rewritings: readonly Rewriting[]): Verification[] {
  const claims = new Map(run.claims(rewritings.map(({ id }) => id)).map((claim) => [claim.id, claim]));
  return rewritings.flatMap(({ id, old, fresh }) => {
    const previous = claims.get(id)?.previous;
    return previous ? [allowSidecar(previous, old, fresh)] : [];
  });
}
