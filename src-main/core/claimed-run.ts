import { isProblem } from '../../shared/model/integrity.ts';
import type { Problem } from '../../shared/model/run.ts';
import { nameWithoutEnding } from './catalog/classify-name.ts';
import { findLinksTo } from './catalog/find-links.ts';
import { beside } from './catalog/group-names.ts';
import { sharedPaths } from './catalog/layouts/known-layouts.ts';
import type { LackingShared } from './catalog/layouts/layout.ts';
import { stateOf } from './catalog/layouts/read-companions.ts';
import { lackingShared, sharedStatistics, sharedThere } from './catalog/layouts/shared-files.ts';
import type { ListedVersion } from './catalog/listed-version.ts';
import { isOneFile } from './catalog/sets-in-folders.ts';
import { innerFolderOf } from './catalog/version-folders.ts';
import { readAsOf } from './config/read-as.ts';
import { isFile, tryLookAt } from './files/file-identity.ts';
import {
  type CompanionPlaces,
  claimCompanions,
  claimShared,
  claimsOfShared,
  withCompanions,
} from './integrity/claim-companions.ts';
import { bytesOfClaim, claimFolder } from './integrity/claim-folder.ts';
import { candidateOf, type LookCandidate } from './integrity/look-into-candidates.ts';
import { UnreadShared } from './integrity/unread-shared.ts';
import {
  type Claim,
  type ClaimedFile,
  stands,
  type UnsealedFile,
  type Verification,
} from './integrity/verification.ts';
import { ListedRun } from './listed-run.ts';
import { type ForeseenList, readListAsRecovered } from './operations/foreseen-lists.ts';
import { isRunPath } from './operations/run-path.ts';

const unlisted: ReadonlyMap<string, string> = new Map();

function unlistedOf(files: readonly ClaimedFile[]): UnsealedFile[] {
  return files.flatMap(({ name, expected }) => (expected === null ? [{ name, id: name }] : []));
}

/** What there is to verify, or to look into, of the versions of a run, and what is on record of it. */
export class ClaimedRun extends ListedRun {
  /** The lists of checksums, as they will be once what was interrupted is settled. */
  protected lists: readonly ForeseenList[] = [];
  protected readonly unreadShared = new UnreadShared();
  #lacking: readonly LackingShared[] = [];
  /** What tells those of a model, as it was when they were looked at last: asked of each version of a large run. */
  #sharedBy: (id: string) => ClaimedFile[] = () => [];

  /** What is on record of these versions, or of all, for verifying them. */
  claims(ids: readonly string[] | null): Claim[] {
    const listed = ids === null ? [...this.index.all()] : ids.flatMap((id) => this.listed(id) ?? []);
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return withCompanions(
      listed.map((version) => ({ claim: this.#claimOf(version, checksums), seen: version.companions })),
      this.#placesBeside(checksums),
    );
  }

  /** Those of these versions, or of all, whose sidecars have no training step, and whose files were not asked for it yet. */
  steplessIds(ids: readonly string[] = this.index.ids()): string[] {
    return ids.filter((id) => this.index.isStepUnasked(id));
  }

  /** Those of these versions, or of all, whose files, or what goes with them, were not asked yet. */
  unaskedIds(ids: readonly string[] = this.index.ids()): string[] {
    return ids.filter((id) => this.index.isUnasked(id));
  }

  /** Those of these versions, or of all, that nothing but a name describes, and whose files were not asked yet. */
  bareIds(ids: readonly string[] = this.index.ids()): string[] {
    return this.unaskedIds(ids).filter((id) => this.listed(id)?.source !== 'sidecar');
  }

  /** The other versions whose files hold the same bytes, by their ids, and the symbolic links of the run that lead to it. @throws ModelNotFoundError */
  async sameAs(id: string): Promise<string[]> {
    const { findSame } = await import('./integrity/find-same.ts');
    const listed = this.listed(this.known(id).id);
    if (!listed) return [];
    const isFile = (each: string) => isOneFile(each, this.config);
    const same = await findSame(listed, this.index.all(), (each) => this.pathOf(each), isFile);
    return [...same, ...(await findLinksTo(this.root, this.config, id))];
  }

  override get problems(): Problem[] {
    const found = super.problems;
    const told = new Set(found.map(({ path }) => path));
    return [...found, ...this.sharedProblems.filter(({ path }) => !told.has(path))];
  }

  /** What was found wrong with files that all models of the run share, as long as these stay as they were. */
  get sharedProblems(): Problem[] {
    const wrong = this.foundShared().filter(
      ({ id, integrity }) => isProblem(integrity.state) && !this.unreadShared.has(id),
    );
    const problems = wrong.map(({ id, integrity: { state, detail } }) => {
      return { path: id, problem: `${state}: ${detail ?? 'its bytes are not as they were'}` };
    });
    return [...problems, ...this.unreadShared.problems, ...this.#lackingProblems];
  }

  /** Not where some models have what others need: of those it is told by itself. */
  get #lackingProblems(): Problem[] {
    if (this.#lacking.length === 0) return [];
    const kinds = new Set(Array.from(this.index.all()).flatMap(({ companions }) => companions));
    const missing = this.#lacking.filter(({ kind }) => !kinds.has(kind));
    return missing.map(({ path, problem }) => ({ path, problem }));
  }

  /** What was found of files that all models of the run share, as long as these stay as they were. */
  foundShared(): Verification[] {
    return sharedStatistics(this.#placesBeside(unlisted)).flatMap((path) => {
      const found = this.verifications.get(path);
      return found !== null && this.#stands(found) ? [found] : [];
    });
  }

  #stands(found: Verification): boolean {
    const look = tryLookAt(this.pathOf(found.id));
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return !(look instanceof Error) && stands(found, look, checksums.get(found.id) ?? null);
  }

  /** Where files would be that all models share, relative to the run. */
  protected get sharedPlaces(): string[] {
    return sharedPaths(this.root, readAsOf(this.config)).map(({ path }) => path);
  }

  /** Looks at the files that all models share. @returns whether one was touched since this was last done */
  protected noteShared(): boolean {
    const places = this.#placesBeside(unlisted);
    this.#lacking = lackingShared(places);
    this.#sharedBy = claimShared(places);
    this.unreadShared.look(new Map(sharedThere(places).map((path) => [path, this.pathOf(path)])));
    const looks = sharedStatistics(places).map((path) => tryLookAt(this.pathOf(path)));
    return this.index.said.noteShared(stateOf(looks.filter(isFile)));
  }

  /** What goes with all of these models, and what of it is named by itself, each file once, to be verified by itself. */
  protected claimsOfShared(models: readonly Pick<Claim, 'shared'>[], named: readonly string[] = []): Claim[] {
    const shared = this.#sharedFiles().filter(({ name }) => named.includes(name));
    return claimsOfShared([...models, { shared }], (path) => this.verifications.get(path));
  }

  #sharedFiles(): ClaimedFile[] {
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return sharedStatistics(this.#placesBeside(unlisted)).map((name) => {
      return { name, path: this.pathOf(name), expected: checksums.get(name) ?? null };
    });
  }

  /** The files that the run's list of checksums has, and that are not there: whoever removed them left their lines. */
  missingOfList(): string[] {
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return [...checksums.keys()].filter((name) => isRunPath(name) && tryLookAt(this.pathOf(name)) === null);
  }

  /** The files that it has several checksums of: none of these counts, and one more would not either. */
  contradictedOfList(): ReadonlySet<string> {
    return readListAsRecovered(this.root, this.lists).contradicted;
  }

  /** How many bytes verifying these versions reads. */
  bytesToVerify(versions: readonly ListedVersion[]): number {
    const beside = versions.filter(({ companions }) => companions.length > 0).map(({ id }) => id);
    const bytes = versions.reduce((sum, { size, companions }) => sum + (companions.length > 0 ? 0 : size), 0);
    const sharedBy = claimShared(this.#placesBeside(unlisted));
    const shared = this.claimsOfShared(versions.map(({ id }) => ({ shared: sharedBy(id) })));
    return [...this.claims(beside), ...shared].reduce((sum, claim) => sum + bytesOfClaim(claim), bytes);
  }

  /**
   * The files of these versions, or of all, and of what goes with them, that have no checksum on record, by the ids of those versions that have
   * such. What all models share stands by itself, under its own path.
   */
  unsealedFiles(ids: readonly string[] | null): Map<string, UnsealedFile[]> {
    const shared = this.#sharedFiles().filter(({ name }) => ids === null || ids.includes(name));
    const files = [
      ...this.claims(ids).map((claim) => [claim.id, this.#unsealedOf(claim)] as const),
      ...shared.map((file) => [file.name, unlistedOf([file])] as const),
    ];
    return new Map(files.filter(([, unsealed]) => unsealed.length > 0));
  }

  #unsealedOf({ id, path, expected, folder, companions = [] }: Claim): UnsealedFile[] {
    if (!folder) return unlistedOf([{ name: id, path, expected }, ...companions]);
    const own = innerFolderOf(id, this.config);
    const placeOf = (name: string) => (own === null ? beside(id, name) : `${own}/${name}`);
    return unlistedOf(folder.files).map(({ name }) => ({ name, id: placeOf(name) }));
  }

  /**
   * A version as it is looked into without reading it whole; none where that is of no use.
   * @param isStepWanted whether the training step, where its sidecar has none, is a use
   */
  protected candidate(id: string, isStepWanted = true): LookCandidate[] {
    const listed = this.listed(id);
    if (!listed) return [];
    const own = listed.companions.length === 0 ? [] : claimCompanions(id, this.#placesBeside(unlisted));
    const beside = { companions: own, shared: this.#sharedBy(id) };
    const isUnasked = this.index.isUnasked(id) || (isStepWanted && this.index.isStepUnasked(id));
    const claim = { ...this.#claimOf(listed), ...beside, isUnasked };
    const { identity, state, companionState } = listed;
    const seen = { identity, state, companionState: companionState + this.index.said.sharedState };
    return candidateOf(seen, claim, this.isRead(id));
  }

  #placesBeside(checksums: ReadonlyMap<string, string>): CompanionPlaces {
    return { root: this.root, pathOf: (id) => this.pathOf(id), readAs: readAsOf(this.config), checksums };
  }

  #claimOf({ id, checksum, contradicted, recordedSize }: ListedVersion, checksums = unlisted): Claim {
    const path = this.pathOf(id);
    const previous = this.verifications.get(id);
    const claim = { id, path, expected: checksum, contradicted, recordedSize, previous };
    const folder = claimFolder(id, this.places, checksums);
    return folder ? { ...claim, folder } : { ...claim, stem: nameWithoutEnding(path) };
  }
}
