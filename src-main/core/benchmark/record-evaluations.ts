import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { objectOrNull } from '../../../shared/model/json.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import { inPlace } from '../catalog/identity-of-folder.ts';
import { parseJsonExactly } from '../catalog/parse-json.ts';
import { sidecarLimit } from '../catalog/read-sidecar.ts';
import { stagingFolderOf } from '../catalog/version-folders.ts';
import { explainError } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { readExactText } from '../files/read-text.ts';
import { stageFile } from '../files/stage-file.ts';
import { identityOfClaim } from '../integrity/claim-folder.ts';
import { allowSidecar, isSidecarText, sidecarChanged } from '../integrity/remember-sidecar.ts';
import { type Claim, stands, type Verification } from '../integrity/verification.ts';
import { commitAndTell } from '../operations/commit-and-tell.ts';
import { placeStep } from '../operations/make-step.ts';
import { bytesKept, type Step } from '../operations/operation.ts';
import { assertUntouched, type Seen } from '../operations/untouched.ts';
import { complete, type OperationDraft, type Outcome, type Writing } from '../operations/write-run.ts';
import { inRun } from '../save/stage-backup.ts';
import { type Evaluation, sidecarChanges } from './evaluation.ts';
import { isInside, listedAnew, listedIn, type NewRecord, verifiedWith } from './folder-record.ts';
import { ownSidecars } from './own-sidecars.ts';
import { areUntouched, seeFiles } from './seen-files.ts';
import { spliceJson } from './splice-json.ts';

/** In one clause. */
const notSaved = 'it is a folder that Cairn did not save, and nothing is written into such a one';

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
  claim: Claim;
  /** Relative to the run. */
  path: string;
  identity: FileIdentity;
  old: string;
  fresh: string;
  /** What is remembered of the version as it stands; null where that is nothing. */
  verification: Verification | null;
}

/** One that waits for its name, at an absolute path. */
interface Staged extends Rewriting, NewRecord {
  staging: string;
  step: Step;
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
  const recorded = rewritings.map(({ claim }) => claim.id);
  const operation = changing.length > 0 ? draft.id : null;
  const ids = changing.map(({ claim }) => claim.id);
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
      rewritings.push(rewritingOf(root, evaluation, sidecars.get(id), claim));
    } catch (error) {
      unrecorded.push({ id, why: explainError(error) });
    }
  }
  return { rewritings, unrecorded };
}

/** @throws Error in one clause where any of its files is another one by now */
function claimOf(run: EvaluationSubject, { id, files }: Evaluation): Claim {
  const [claim] = run.claims([id]);
  if (claim && areUntouched(files, seeFiles(claim))) return claim;
  throw new Error('its file changed since it was evaluated');
}

function verificationOf(claim: Claim): Verification | null {
  const { previous, expected } = claim;
  return previous && stands(previous, identityOfClaim(claim), expected) ? previous : null;
}

/** @throws Error in one clause where the sidecar is none that is believed and can be kept to the letter */
function rewritingOf(
  root: string,
  evaluation: Evaluation,
  path: string | undefined,
  claim: Claim,
): Rewriting {
  if (path === undefined) throw new Error(isInside(claim) ? notSaved : 'it has no sidecar of its own');
  const read = readExactText(`${root}/${path}`, sidecarLimit);
  const sidecar = read && objectOrNull(parseJsonExactly(read.text.replace(/^\ufeff/, '')));
  if (!sidecar) throw new Error('its sidecar is no JSON object in UTF-8');
  const { text: old, identity } = read;
  const verification = verificationOf(claim);
  assertBelieved(claim, verification, path, old);
  const fresh = spliceJson(old, sidecarChanges(evaluation, sidecar));
  if (Buffer.byteLength(fresh) > sidecarLimit)
    throw new Error('its sidecar would be larger than any that is read');
  return { claim, path, identity, old, fresh, verification };
}

/** Whoever changed it: what takes its place would be taken for good. @throws Error in one clause */
function assertBelieved(claim: Claim, verification: Verification | null, path: string, text: string): void {
  const listed = isInside(claim) ? listedIn(claim, path) : null;
  const isOther = listed !== null && listed !== createHash('sha256').update(text).digest('hex');
  if (isOther || (verification?.sidecar && !isSidecarText(verification.sidecar, text)))
    throw new Error(sidecarChanged);
}

async function rewrite(
  run: EvaluationSubject,
  writing: Writing,
  draft: OperationDraft,
  rewritings: readonly Rewriting[],
): Promise<void> {
  const { disk, root, config } = writing;
  const staged: Staged[] = [];
  try {
    for (const rewriting of rewritings) staged.push(await stageRewriting(writing, draft, rewriting));
    const steps = staged.map(({ step }) => step);
    const inside = staged.filter(({ claim }) => isInside(claim));
    const lines = await listedAnew(disk, root, inside);
    // Before it is done: whatever comes of it, Cairn will not take either text for a stranger's.
    run.remember(staged.flatMap(allowBoth));
    const ids = rewritings.map(({ claim }) => claim.id);
    await commitAndTell(writing, complete(draft, steps, ids, bytesKept(steps), lines));
    run.remember(inside.flatMap((each) => verifiedWith(inPlace(root, config), each)));
  } catch (error) {
    for (const { staging } of staged) await disk.unlink(staging).catch(() => undefined);
    throw error;
  }
}

/** @throws ModelManagerError where another program wrote to it meanwhile, with nothing left behind */
async function stageRewriting(
  { disk, root, config }: Writing,
  draft: OperationDraft,
  rewriting: Rewriting,
): Promise<Staged> {
  const { path, identity, old, fresh } = rewriting;
  const mode = (await disk.lookAt(`${root}/${path}`))?.mode;
  const folder = posix.join(root, stagingFolderOf(path, config));
  const file = await stageFile(disk, folder, posix.basename(path), [Buffer.from(fresh)], mode);
  try {
    const step = await placeStep(disk, root, inRun(root, file.path), path, draft.id);
    assertUntouched(identity, replacedBy(step), path);
    const grown = file.size - Buffer.byteLength(old);
    const { checksum } = file;
    return { ...rewriting, staging: file.path, step, checksum, grown, mtimeMs: step.mtime };
  } catch (error) {
    await disk.unlink(file.path).catch(() => undefined);
    throw error;
  }
}

function allowBoth({ verification, identity, old, fresh, mtimeMs }: Staged): Verification[] {
  const texts = [
    { text: fresh, mtimeMs },
    { text: old, mtimeMs: identity.mtimeMs },
  ];
  return verification ? [allowSidecar(verification, texts)] : [];
}

function replacedBy({ over, replaced }: Step): Seen | null {
  return over === null || !replaced ? null : { ino: over, size: replaced.size, mtimeMs: replaced.mtime };
}
