import { isProblem } from '../../shared/model/integrity.ts';
import type { Problem } from '../../shared/model/run.ts';
import { nameWithoutEnding } from './catalog/classify-name.ts';
import { beside } from './catalog/group-names.ts';
import { stateOf } from './catalog/layouts/read-companions.ts';
import { sharedStatistics } from './catalog/layouts/shared-files.ts';
import type { ListedVersion } from './catalog/listed-version.ts';
import { innerFolderOf } from './catalog/version-folders.ts';
import { readAsOf } from './config/read-as.ts';
import { tryLookAt } from './files/file-identity.ts';
import {
  type CompanionPlaces,
  claimCompanions,
  claimShared,
  claimsOfShared,
  withCompanions,
} from './integrity/claim-companions.ts';
import { bytesOfClaim, claimFolder } from './integrity/claim-folder.ts';
import { candidateOf, type LookCandidate } from './integrity/look-into-candidates.ts';
import { type Claim, stands, type Verification } from './integrity/verification.ts';
import { ListedRun } from './listed-run.ts';
import { type ForeseenList, readListAsRecovered } from './operations/foreseen-lists.ts';

const unlisted: ReadonlyMap<string, string> = new Map();

/** What there is to verify, or to look into, of the versions of a run, and what is on record of it. */
export class ClaimedRun extends ListedRun {
  /** The lists of checksums, as they will be once what was interrupted is settled. */
  protected lists: readonly ForeseenList[] = [];

  /** What is on record of these versions, or of all, for verifying them. */
  claims(ids: readonly string[] | null): Claim[] {
    const listed = ids === null ? [...this.index.all()] : ids.flatMap((id) => this.listed(id) ?? []);
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return withCompanions(
      listed.map((version) => ({ claim: this.#claimOf(version, checksums), seen: version.companions })),
      this.#placesBeside(checksums),
    );
  }

  override get problems(): Problem[] {
    return [...super.problems, ...this.sharedProblems];
  }

  /** What was found wrong with files that all models of the run share, as long as these stay as they were. */
  get sharedProblems(): Problem[] {
    return sharedStatistics(this.#placesBeside(unlisted)).flatMap((path) => {
      const found = this.verifications.get(path);
      if (found === null || !isProblem(found.integrity.state) || !this.#stands(found)) return [];
      const { state, detail } = found.integrity;
      return [{ path, problem: `${state}: ${detail ?? 'its bytes are not as they were'}` }];
    });
  }

  #stands(found: Verification): boolean {
    const look = tryLookAt(this.pathOf(found.id));
    const { checksums } = readListAsRecovered(this.root, this.lists);
    return !(look instanceof Error) && stands(found, look, checksums.get(found.id) ?? null);
  }

  /** Looks at the files that all models share. @returns whether one was touched since this was last done */
  protected noteShared(): boolean {
    const files = sharedStatistics(this.#placesBeside(unlisted)).flatMap((path) => {
      const look = tryLookAt(this.pathOf(path));
      return look === null || look instanceof Error ? [] : [look];
    });
    return this.index.noteShared(stateOf(files));
  }

  /** What goes with all of these models, each file once, to be verified by itself. */
  protected claimsOfShared(models: Iterable<Pick<Claim, 'shared'>>): Claim[] {
    return claimsOfShared(models, (path) => this.verifications.get(path));
  }

  /** How many bytes verifying these versions reads. */
  bytesToVerify(versions: readonly ListedVersion[]): number {
    const beside = versions.filter(({ companions }) => companions.length > 0).map(({ id }) => id);
    const bytes = versions.reduce((sum, { size, companions }) => sum + (companions.length > 0 ? 0 : size), 0);
    const sharedBy = claimShared(this.#placesBeside(unlisted));
    const shared = this.claimsOfShared(versions.map(({ id }) => ({ shared: sharedBy(id) })));
    return [...this.claims(beside), ...shared].reduce((sum, claim) => sum + bytesOfClaim(claim), bytes);
  }

  /** Of a version that is a folder, or several files, those that have no checksum on record: by their names in it their paths in the run. */
  unsealedFiles(id: string): Map<string, string> {
    const files = this.claims([id])[0]?.folder?.files ?? [];
    const own = innerFolderOf(id, this.config);
    const unsealed = files.filter(({ expected }) => expected === null);
    return new Map(unsealed.map(({ name }) => [name, own === null ? beside(id, name) : `${own}/${name}`]));
  }

  /** A version as it is looked into without reading it whole; none where that is of no use. */
  protected candidate(id: string): LookCandidate[] {
    const listed = this.listed(id);
    if (!listed) return [];
    const places = this.#placesBeside(unlisted);
    const own = listed.companions.length === 0 ? [] : claimCompanions(id, places);
    const beside = { companions: own, shared: claimShared(places)(id) };
    const claim = { ...this.#claimOf(listed), ...beside, isUnasked: this.index.isUnasked(id) };
    const { identity, state, companionState } = listed;
    const seen = { identity, state, companionState: companionState + this.index.sharedState };
    return candidateOf(seen, claim, this.isRead(id));
  }

  #placesBeside(checksums: ReadonlyMap<string, string>): CompanionPlaces {
    return { root: this.root, pathOf: (id) => this.pathOf(id), readAs: readAsOf(this.config), checksums };
  }

  #claimOf({ id, checksum, recordedSize }: ListedVersion, checksums = unlisted): Claim {
    const path = this.pathOf(id);
    const claim = { id, path, expected: checksum, recordedSize, previous: this.verifications.get(id) };
    const folder = claimFolder(id, this.places, checksums);
    return folder ? { ...claim, folder } : { ...claim, stem: nameWithoutEnding(path) };
  }
}
