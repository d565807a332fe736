import type { Integrity } from '../../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { findBadges } from '../../../shared/query/rank-versions.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { stands, type Verification } from '../integrity/verification.ts';
import type { CatalogChange } from './catalog.ts';
import type { CatalogEntry } from './read-group.ts';

/** Where remembered verifications come from. */
export interface Verifications {
  get(id: string): Verification | null;
}

interface StructureFinding {
  identity: FileIdentity;
  integrity: Integrity;
}

/**
 * The versions of a run in memory: what the catalog saw, joined with what verifying found, and who is best and latest. Every
 * method that changes something gives the ids that look different now.
 */
export class VersionIndex {
  readonly #entries = new Map<string, CatalogEntry>();
  readonly #findings = new Map<string, StructureFinding>();
  readonly #verifications: Verifications;
  readonly #metric: SelectionMetric;
  #best: string | null = null;
  #latest: string | null = null;

  constructor(verifications: Verifications, metric: SelectionMetric) {
    this.#verifications = verifications;
    this.#metric = metric;
  }

  get size(): number {
    return this.#entries.size;
  }

  entry(id: string): CatalogEntry | undefined {
    return this.#entries.get(id);
  }

  entries(): IterableIterator<CatalogEntry> {
    return this.#entries.values();
  }

  /** The version as it is known now, badges included. */
  version(id: string): Version | undefined {
    const entry = this.#entries.get(id);
    return entry && { ...entry.version, is_best: id === this.#best, is_latest: id === this.#latest };
  }

  versions(): Version[] {
    return [...this.#entries.keys()].flatMap((id) => this.version(id) ?? []);
  }

  apply({ changed, removed }: CatalogChange): string[] {
    for (const id of removed) this.#entries.delete(id);
    for (const entry of changed) this.#entries.set(entry.version.id, this.#overlay(entry));
    return changed.map(({ version }) => version.id);
  }

  /** Takes results that {@link Verifications} already knows into account. */
  refresh(ids: Iterable<string>): string[] {
    return [...ids].flatMap((id) => {
      const entry = this.#entries.get(id);
      if (!entry) return [];
      this.#entries.set(id, this.#overlay(entry));
      return [id];
    });
  }

  /** Shows a result that will not be remembered: the file was being written, or could not be read. */
  show({ id, integrity }: Verification): string[] {
    const entry = this.#entries.get(id);
    if (!entry) return [];
    this.#entries.set(id, { ...entry, version: { ...entry.version, integrity } });
    return [id];
  }

  /** Takes in that a file's structure is broken, for as long as the file stays as it is. */
  found(id: string, identity: FileIdentity, integrity: Integrity): string[] {
    this.#findings.set(id, { identity, integrity });
    return this.refresh([id]);
  }

  /** Finds best and latest anew. */
  rank(): string[] {
    const before = [this.#best, this.#latest];
    const badges = findBadges(this.#entries.values(), this.#metric);
    this.#best = badges.best;
    this.#latest = badges.latest;
    const different = [
      badges.best !== before[0] ? [badges.best, before[0]] : [],
      badges.latest !== before[1] ? [badges.latest, before[1]] : [],
    ];
    return different.flat().filter((id): id is string => typeof id === 'string' && this.#entries.has(id));
  }

  #overlay(entry: CatalogEntry): CatalogEntry {
    const integrity = this.#knownOf(entry);
    return integrity ? { ...entry, version: { ...entry.version, integrity } } : entry;
  }

  #knownOf({ version, identity }: CatalogEntry): Integrity | null {
    if (!identity || version.integrity.state === 'writing') return null;
    const verification = this.#verifications.get(version.id);
    if (verification && stands(verification, identity, version.checksum)) return verification.integrity;
    const finding = this.#findings.get(version.id);
    return finding && sameIdentity(finding.identity, identity) ? finding.integrity : null;
  }
}
