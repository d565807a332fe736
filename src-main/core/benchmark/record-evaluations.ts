import { posix } from 'node:path';
import { objectOrNull } from '../../../shared/model/json.ts';
import { filesOfVersions, type VersionFiles } from '../catalog/files-of-versions.ts';
import { parseJsonExactly } from '../catalog/parse-json.ts';
import { chooseSidecar, sidecarLimit } from '../catalog/read-sidecar.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { readExactText } from '../files/read-text.ts';
import { type StagedFile, stageFile } from '../files/stage-file.ts';
import { allowSidecar, isSidecarText, sidecarChanged } from '../integrity/remember-sidecar.ts';
import { type Claim, stands, type Verification } from '../integrity/verification.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { placeStep } from '../operations/make-step.ts';
import { bytesKept, type Step } from '../operations/operation.ts';
import { assertUntouched, type Seen } from '../operations/untouched.ts';
import { complete, type OperationDraft, type Outcome, type Writing } from '../operations/write-run.ts';
import { inRun } from '../save/stage-backup.ts';
import { type Evaluation, sidecarChanges } from './evaluation.ts';
import { areUntouched, seeFiles } from './seen-files.ts';
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
  /** What is remembered of the version as it stands; null where that is nothing. */
  verification: Verification | null;
}

/**
 * Puts what benchmarks found into the sidecars of versions, all in one operation; nothing else of them changes. Each is believed then too,
 * and after an undo; one that changed since it was verified gets nothing. The caller holds the run's lock.
 */
export async function recordEvaluations(
  run: EvaluationSubject,
  writing: Writing,
  evaluations: readonly Evaluation[],
): Promise<Outcome<RecordedEvaluations>> {
  await run.look();
  const { rewritings, unrecorded } = planRewritings(run, writing, evaluations);
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
function planRewritings(
  run: EvaluationSubject,
  { root, config }: Writing,
  evaluations: readonly Evaluation[],
) {
  const ids = new Set(evaluations.map(({ id }) => id));
  const sidecars = ownSidecars(filesOfVersions(root, config, ids));
  const rewritings: Rewriting[] = [];
  const unrecorded: RecordedEvaluations['unrecorded'] = [];
  for (const evaluation of evaluations) {
    const { id } = evaluation;
    try {
      const claim = claimOf(run, evaluation);
      rewritings.push(rewritingOf(root, evaluation, sidecars.get(id), verificationOf(claim, evaluation)));
    } catch (error) {
      unrecorded.push({ id, why: explainError(error) });
    }
  }
  return { rewritings, unrecorded };
}

/** The sidecar of each version, by id, that no other version shares; what is in a folder that is a version is none. */
function ownSidecars(versions: readonly VersionFiles[]): Map<string, string> {
  const owners = new Map<string, string | null>();
  for (const { id, files, folder } of versions) {
    if (folder !== undefined) continue;
    const path = chooseSidecar(files.filter((file) => file.endsWith('.json')));
    if (path !== undefined) owners.set(path, owners.has(path) ? null : id);
  }
  return new Map([...owners].flatMap(([path, id]) => (id === null ? [] : [[id, path] as const])));
}

/** @throws Error in one clause where any of its files is another one by now */
function claimOf(run: EvaluationSubject, { id, files }: Evaluation): Claim {
  const [claim] = run.claims([id]);
  if (claim && areUntouched(files, seeFiles(claim))) return claim;
  throw new Error('its file changed since it was evaluated');
}

function verificationOf({ previous, expected }: Claim, { identity }: Evaluation): Verification | null {
  return previous && stands(previous, identity, expected) ? previous : null;
}

/** @throws Error in one clause where the sidecar is none that is believed and can be kept to the letter */
function rewritingOf(
  root: string,
  evaluation: Evaluation,
  path: string | undefined,
  verification: Verification | null,
): Rewriting {
  if (path === undefined) throw new Error('it has no sidecar of its own');
  const read = readExactText(`${root}/${path}`, sidecarLimit);
  const sidecar = read && objectOrNull(parseJsonExactly(read.text.replace(/^\ufeff/, '')));
  if (!sidecar) throw new Error('its sidecar is no JSON object in UTF-8');
  const { text: old, identity } = read;
  // Whoever changed it: what takes its place would be taken for good.
  if (verification?.sidecar && !isSidecarText(verification.sidecar, old)) throw new Error(sidecarChanged);
  const fresh = spliceJson(old, sidecarChanges(evaluation, sidecar));
  if (Buffer.byteLength(fresh) > sidecarLimit)
    throw new Error('its sidecar would be larger than any that is read');
  return { id: evaluation.id, path, identity, old, fresh, verification };
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
    const allowed: Verification[] = [];
    for (const { path, identity, old, fresh, verification } of rewritings) {
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
      const texts = [
        { text: fresh, mtimeMs: step.mtime },
        { text: old, mtimeMs: identity.mtimeMs },
      ];
      if (verification) allowed.push(allowSidecar(verification, texts));
    }
    // Before it is done: whatever comes of it, Cairn will not take either text for a stranger's.
    run.remember(allowed);
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
