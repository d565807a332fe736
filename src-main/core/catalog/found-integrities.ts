import type { Integrity } from '../../../shared/model/integrity.ts';
import { isOfSize, stands, type Verifications } from '../integrity/verification.ts';
import { type Finding, isOf, isStale } from './finding.ts';
import { type ListedVersion, listedIntegrity } from './listed-version.ts';

/** What bytes are known to be beyond the listing, by the ids of their versions: of most nothing. */
export class FoundIntegrities {
  readonly #integrities = new Map<string, Integrity>();
  readonly #findings = new Map<string, Finding>();
  readonly #verifications: Verifications;

  constructor(verifications: Verifications) {
    this.#verifications = verifications;
  }

  /** Undefined where nothing was found out since the version was listed. */
  get(id: string): Integrity | undefined {
    return this.#integrities.get(id);
  }

  of(listed: ListedVersion): Integrity {
    return this.#integrities.get(listed.id) ?? listedIntegrity(listed);
  }

  /** Takes in that a version was listed: what was found out before counts while the file and the checksum on record are as they were. */
  list(listed: ListedVersion): void {
    const integrity = this.#knownOf(listed);
    if (integrity) this.#integrities.set(listed.id, integrity);
    else this.#integrities.delete(listed.id);
  }

  /** @returns whether it is about the version as it is listed */
  take(listed: ListedVersion, finding: Finding): boolean {
    // Of what is known of its weights alone, its bytes are known no better.
    if (finding.identity === null && finding.integrity.state === 'unverified') return true;
    this.#findings.set(listed.id, finding);
    if (isStale(finding, listed)) return false;
    this.#integrities.set(listed.id, finding.integrity);
    return true;
  }

  remove(id: string): void {
    this.#integrities.delete(id);
    this.#findings.delete(id);
  }

  /** The ids of those whose file was not there when somebody wanted to read it. */
  missing(): string[] {
    return [...this.#integrities].flatMap(([id, { state }]) => (state === 'missing' ? [id] : []));
  }

  #knownOf(listed: ListedVersion): Integrity | null {
    const verification = this.#verifications.get(listed.id);
    const finding = this.#findings.get(listed.id);
    // Of most nothing is known: a view need not be asked for more.
    if (!verification && !finding) return null;
    const { identity, checksum, state, contradicted } = listed;
    // What was found by one checksum counts no more once there is another.
    if (!identity || state === 'writing' || contradicted) return null;
    if (verification && stands(verification, identity, checksum) && isOfSize(verification, state))
      return verification.integrity;
    return finding && isOf(finding, identity, checksum) ? finding.integrity : null;
  }
}
