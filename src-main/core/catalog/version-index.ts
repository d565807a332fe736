import type { Integrity } from '../../../shared/model/integrity.ts';
import type { Direction } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { findBadges } from '../../../shared/query/rank-versions.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { stands, type Verification } from '../integrity/verification.ts';
import {
  type Badges,
  type ListedChange,
  type ListedRow,
  type ListedVersion,
  listedIntegrity,
  listedRow,
  versionText,
} from './listed-version.ts';

/** Where remembered verifications come from. */
export interface Verifications {
  get(id: string): Verification | null;
}

/** What was found out about a file after it was listed. */
interface Finding {
  identity: FileIdentity | null;
  /** The checksum that was on record then; where it is not given, the one that the integrity names. */
  recorded?: string | null;
  integrity: Integrity;
}

/** A listed version, and what its bytes are known to be beyond the listing. */
interface Known {
  listed: ListedVersion;
  integrity: Integrity | null;
}

/**
 * The versions of a run in memory: what the catalog saw, joined with what verifying found, and who is best and latest. Every
 * method that changes something gives the ids that look different now.
 */
export class VersionIndex {
  readonly #known = new Map<string, Known>();
  readonly #findings = new Map<string, Finding>();
  readonly #verifications: Verifications;
  readonly #mode: Direction;
  readonly #reread: (listed: ListedVersion) => string;
  #badges: Badges = { best: null, latest: null };

  /** @param reread gives the text of a version that was listed without one */
  constructor(verifications: Verifications, mode: Direction, reread: (listed: ListedVersion) => string) {
    this.#verifications = verifications;
    this.#mode = mode;
    this.#reread = reread;
  }

  get size(): number {
    return this.#known.size;
  }

  /** The record of one version, in the state it is now known to be in. */
  listed(id: string): ListedVersion | undefined {
    const known = this.#known.get(id);
    return known && current(known);
  }

  /** The records of all versions, in the states they are now known to be in. */
  *all(): Generator<ListedVersion> {
    for (const known of this.#known.values()) yield current(known);
  }

  integrity(id: string): Integrity | undefined {
    const known = this.#known.get(id);
    return known && (known.integrity ?? listedIntegrity(known.listed));
  }

  version(id: string): Version | undefined {
    const text = this.text(id);
    return text === undefined ? undefined : (JSON.parse(`{${text}}`) as Version);
  }

  /** The version as a row of the window. */
  row(id: string): ListedRow | undefined {
    const known = this.#known.get(id);
    return known && listedRow(known.listed, known.integrity ?? listedIntegrity(known.listed), this.#badges);
  }

  /** The version as JSON text, without its braces. */
  text(id: string): string | undefined {
    const known = this.#known.get(id);
    if (!known) return undefined;
    const { listed, integrity } = known;
    const text = listed.text ?? this.#reread(listed);
    return versionText(id, text, integrity ?? listedIntegrity(listed), this.#badges);
  }

  apply({ changed, removed }: ListedChange): string[] {
    for (const id of removed) {
      this.#known.delete(id);
      this.#findings.delete(id);
    }
    for (const listed of changed) this.#known.set(listed.id, { listed, integrity: this.#knownOf(listed) });
    return changed.map(({ id }) => id);
  }

  /** Takes in what was found out about a file, for as long as the file and the checksum on record stay as they are. */
  found(id: string, finding: Finding): string[] {
    const known = this.#known.get(id);
    if (!known) return [];
    this.#findings.set(id, finding);
    if (isStale(finding, known.listed)) return [];
    this.#known.set(id, { ...known, integrity: finding.integrity });
    return [id];
  }

  /** Finds best and latest anew. */
  rank(): string[] {
    const before = this.#badges;
    this.#badges = findBadges(this.all(), this.#mode);
    const moved = [
      before.best !== this.#badges.best && [before.best, this.#badges.best],
      before.latest !== this.#badges.latest && [before.latest, this.#badges.latest],
    ];
    return moved.flatMap((ids) => ids || []).filter((id): id is string => id !== null && this.#known.has(id));
  }

  #knownOf({ id, identity, checksum, state }: ListedVersion): Integrity | null {
    if (!identity || state === 'writing') return null;
    const verification = this.#verifications.get(id);
    if (verification && stands(verification, identity, checksum)) return verification.integrity;
    const finding = this.#findings.get(id);
    return finding && isOf(finding, identity, checksum) ? finding.integrity : null;
  }
}

function current({ listed, integrity }: Known): ListedVersion {
  return integrity === null ? listed : { ...listed, state: integrity.state };
}

/** Whether the file, or the checksum on record, was another when that was found out. */
function isStale(finding: Finding, { identity, checksum }: ListedVersion): boolean {
  return finding.identity !== null && identity !== null && !isOf(finding, identity, checksum);
}

/** Whether that was found out about the file as it stands, compared with the checksum that is on record. */
function isOf(finding: Finding, identity: FileIdentity, checksum: string | null): boolean {
  const recorded = finding.recorded === undefined ? finding.integrity.expected : finding.recorded;
  return finding.identity !== null && sameIdentity(finding.identity, identity) && recorded === checksum;
}
