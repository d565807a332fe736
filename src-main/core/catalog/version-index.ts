import type { Integrity } from '../../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { findBadges } from '../../../shared/query/rank-versions.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import type { Found } from '../integrity/look-into-candidates.ts';
import { stands, type Verification } from '../integrity/verification.ts';
import type { Meaning } from './interpret-record.ts';
import {
  type Badges,
  type ListedChange,
  type ListedRow,
  type ListedVersion,
  listedIntegrity,
  listedRow,
  versionText,
  withMetric,
} from './listed-version.ts';
import { withOwnRecord } from './with-own-record.ts';

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

/** What a file says of itself, and the state it was in when it was read. */
interface Said {
  identity: FileIdentity;
  own: Meaning;
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
  readonly #said = new Map<string, Said>();
  readonly #verifications: Verifications;
  /** The metric whose values listings carry. */
  readonly #listedBy: string;
  #metric: Pick<SelectionMetric, 'name' | 'mode'>;
  readonly #reread: (listed: ListedVersion) => string;
  #badges: Badges = { best: null, latest: null };

  /**
   * @param metric the one by which versions are listed, and ranked until {@link rankBy} says otherwise
   * @param reread gives the text of a version that was listed without one
   */
  constructor(
    verifications: Verifications,
    metric: Pick<SelectionMetric, 'name' | 'mode'>,
    reread: (listed: ListedVersion) => string,
  ) {
    this.#verifications = verifications;
    this.#listedBy = metric.name;
    this.#metric = metric;
    this.#reread = reread;
  }

  get size(): number {
    return this.#known.size;
  }

  /** The best version as it was ranked last. */
  get best(): ListedVersion | undefined {
    const { best } = this.#badges;
    return best === null ? undefined : this.listed(best);
  }

  ids(): string[] {
    return [...this.#known.keys()];
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
      this.#said.delete(id);
    }
    for (const listed of changed)
      this.#known.set(listed.id, { listed: this.#measured(listed), integrity: this.#knownOf(listed) });
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

  /** Takes in what looking into files found; what nobody asked for, and what reading every byte has told better, is left. */
  learned(found: readonly Found[]): string[] {
    return found.flatMap(({ id, identity, broken, own }) => [
      ...(broken && !this.integrity(id)?.checked_at ? this.found(id, { identity, integrity: broken }) : []),
      ...(own ? this.#hear(id, { identity, own }) : []),
    ]);
  }

  /** Whether nothing describes a version but its name, and its file was not asked yet as it stands. */
  isBare(id: string): boolean {
    const listed = this.#known.get(id)?.listed;
    return listed?.identity != null && listed.source !== 'sidecar' && !this.#saidBy(listed);
  }

  /** Ranks by another metric from now on: the next {@link rank} goes by it. */
  rankBy(metric: Pick<SelectionMetric, 'name' | 'mode'>): void {
    const isSame = metric.name === this.#metric.name;
    this.#metric = metric;
    if (isSame) return;
    for (const [id, known] of this.#known)
      this.#known.set(id, { ...known, listed: withMetric(known.listed, metric.name) });
  }

  /** Finds best and latest anew. */
  rank(): string[] {
    const before = this.#badges;
    this.#badges = findBadges(this.all(), this.#metric.mode);
    const moved = [
      before.best !== this.#badges.best && [before.best, this.#badges.best],
      before.latest !== this.#badges.latest && [before.latest, this.#badges.latest],
    ];
    return moved.flatMap((ids) => ids || []).filter((id): id is string => id !== null && this.#known.has(id));
  }

  #hear(id: string, said: Said): string[] {
    const known = this.#known.get(id);
    if (!known?.listed.identity || !sameIdentity(known.listed.identity, said.identity)) return [];
    const isAsked = this.isBare(id);
    this.#said.set(id, said);
    if (!isAsked) return [];
    this.#known.set(id, { ...known, listed: this.#described(known.listed) });
    return [id];
  }

  /** A version that was just listed, as its own file describes it and with the value that it is ranked by. */
  #measured(listed: ListedVersion): ListedVersion {
    const { name } = this.#metric;
    return this.#described(name === this.#listedBy ? listed : withMetric(listed, name));
  }

  /** A version without a sidecar as its own file describes it. */
  #described(listed: ListedVersion): ListedVersion {
    const said = listed.source === 'sidecar' ? null : this.#saidBy(listed);
    return said ? withOwnRecord(listed, said.own, this.#metric.name) : listed;
  }

  #saidBy({ id, identity }: ListedVersion): Said | null {
    const said = this.#said.get(id);
    return said && identity && sameIdentity(said.identity, identity) ? said : null;
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
