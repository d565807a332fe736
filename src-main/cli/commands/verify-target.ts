import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { sortNewest } from '../../../shared/query/sort-versions.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { explainError } from '../../core/files/error-code.ts';
import { unreadableName } from '../../core/files/tell-no-file.ts';
import { findEnclosingRun } from '../../core/find-enclosing-run.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { checksumListName } from '../../core/integrity/checksum-list.ts';
import { bytesOfClaim } from '../../core/integrity/claim-folder.ts';
import { claimInFolder } from '../../core/integrity/claim-in-folder.ts';
import { type PoolOptions, verifyFiles } from '../../core/integrity/integrity-pool.ts';
import type { Claim, Verification } from '../../core/integrity/verification.ts';
import { assertNamed } from '../../core/open-run-folder.ts';
import { RunReader } from '../../core/run-reader.ts';
import { type LayoutOption, loadReader, readingAs } from './load-reader.ts';
import { readChecksumClaims } from './read-checksum-claims.ts';

/** Something that can be verified: its files in the order they are told, and how many bytes that is. */
export interface VerifyTarget {
  ids: string[];
  bytes: number;
  /** What is wrong with it apart from the bytes of its files, as it is known by then. */
  readonly problems: Problem[];
  /** Whether all files were seen, all lines of its list of checksums count, and what its models share is as it should be, as far as it is known by then. */
  readonly isWhole: boolean;
  /** What a file of it is called where other targets are verified too. */
  nameAmongOthers: (id: string) => string;
  verify: (onResult: (verification: Verification) => void, options: PoolOptions) => Promise<void>;
}

/**
 * What a path on the command line stands for: a run folder, a list of checksums, or a single checkpoint.
 * @throws UsageError when it is none of them
 */
export async function openTarget(path: string, options: LayoutOption): Promise<VerifyTarget> {
  assertNamed(path);
  const isFolder = statOf(path).isDirectory();
  if (isFolder) return folderTarget(path, options);
  const listed = readChecksumClaims(path);
  return listed ? claimsTarget(listed.claims, nameBelow(dirname(path)), listed.problems) : fileTarget(path);
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw new UsageError(
      `cannot verify ${escapeName(path)} — ${explainError(error)} — name a run folder, a checkpoint or a SHA256SUMS file`,
      { path },
    );
  }
}

/** Of a version that was opened by itself nothing is remembered: that would be in its run. */
async function folderTarget(path: string, options: LayoutOption): Promise<VerifyTarget> {
  const manager = await loadReader(path, readingAs(options));
  if (!manager.isOneFolder) return runTarget(path, manager);
  return claimsTarget(
    manager.claims(null).map((claim) => ({ ...claim, id: path })),
    (id) => id,
  );
}

function runTarget(path: string, manager: RunReader): VerifyTarget {
  const versions = sortNewest(manager.list());
  const gone = manager.missingOfList();
  const missing = tellMissing(gone);
  const known = new Set(versions.map(({ id }) => id));
  const lost = gone.filter((name) => !known.has(name));
  const problemsOf = () => [...manager.problems, ...missing];
  return {
    ids: [...known, ...lost],
    bytes: manager.bytesToVerify(versions),
    get problems() {
      return problemsOf();
    },
    get isWhole() {
      const isUnseen = ({ path, problem }: Problem) =>
        path === checksumListName || problem === unreadableName;
      const unseen = [...manager.blindSpots, ...manager.sharedProblems, ...problemsOf().filter(isUnseen)];
      return unseen.length === 0;
    },
    nameAmongOthers: nameBelow(path),
    verify: async (onResult, options) => {
      await verifyWhatStays(manager, [...known], onResult, options);
      for (const id of lost) onResult(lostOf(id));
    },
  };
}

/** What left the run with all that describes it while it was being read, to the trash for one, is no version of it any more: nothing is told of it. */
async function verifyWhatStays(
  manager: RunReader,
  ids: readonly string[],
  onResult: (verification: Verification) => void,
  options: PoolOptions,
): Promise<void> {
  const gone: string[] = [];
  const take = (verification: Verification) => {
    const { id, integrity } = verification;
    const wasThere = manager.listed(id)?.identity != null;
    if (integrity.state === 'missing' && wasThere) gone.push(id);
    else onResult(verification);
  };
  await manager.verify(ids, take, options);
  if (gone.length === 0) return;
  await manager.lookOnce(options.signal ? { signal: options.signal } : {});
  const still = gone.filter((id) => manager.listed(id));
  if (still.length > 0) await manager.verify(still, onResult, options);
}

/** What is found of a file that the run's list of checksums has, and that is not there. */
function lostOf(id: string): Verification {
  const integrity = bareIntegrity('missing', `${checksumListName} lists it, and it is not there`);
  return { id, identity: null, recorded: null, integrity };
}

const mostNamed = 20;

function tellMissing(names: readonly string[]): Problem[] {
  const told = names
    .slice(0, mostNamed)
    .map((name) => `${escapeName(name, 400)}, which it lists, is missing`);
  const more = names.length - told.length;
  if (more > 0) told.push(`${plural(more, 'more file')} that it lists are missing`);
  return told.map((problem) => ({ path: checksumListName, problem }));
}

/** A checkpoint with what its run has on record of it; nothing is remembered. */
async function fileTarget(path: string): Promise<VerifyTarget> {
  const file = realpathSync(path);
  const claim = (await claimInRun(file)) ?? claimInFolder(file);
  return claimsTarget([{ ...claim, id: path }], (id) => id);
}

async function claimInRun(file: string): Promise<Claim | null> {
  const found = findEnclosingRun(file);
  if (!found) return null;
  const manager = new RunReader(found.root);
  await manager.look();
  return manager.claims([found.id])[0] ?? null;
}

/** @param problems lines of a list that do not count */
function claimsTarget(
  claims: Claim[],
  nameAmongOthers: VerifyTarget['nameAmongOthers'],
  problems: Problem[] = [],
): VerifyTarget {
  return {
    ids: claims.map(({ id }) => id),
    bytes: claims.reduce((bytes, claim) => bytes + bytesOfClaim(claim), 0),
    problems,
    isWhole: problems.length === 0,
    nameAmongOthers,
    verify: (onResult, options) => verifyFiles(claims, onResult, options),
  };
}

function nameBelow(folder: string): (id: string) => string {
  return (id) => `${folder.replace(/(?<=.)\/+$/, '')}/${id}`;
}
