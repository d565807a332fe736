import type { Integrity } from '../../../shared/model/integrity.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { isFresh, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { checkStructures } from './integrity-pool.ts';
import type { Claim } from './verification.ts';

/** A file whose structure should be looked at when there is time. */
export interface StructureCandidate {
  claim: Claim;
  identity: FileIdentity;
}

/** The state a file was in when it was looked at, and the checksum that was on record. */
interface Checked {
  identity: FileIdentity;
  expected: string | null;
}

/** How long candidates are gathered, in milliseconds. */
const settleFor = 500;

/**
 * Looks at the structure of files one after another in one worker thread, each state of a file once, so that torn ones show
 * without anybody asking. A file modified just now is left alone until its end has had time to come.
 */
export class BackgroundCheck {
  readonly #onBroken: (id: string, identity: FileIdentity, integrity: Integrity) => void;
  readonly #checked = new Map<string, Checked>();
  readonly #closing = new AbortController();
  #waiting = new Map<string, StructureCandidate>();
  #timer: NodeJS.Timeout | null = null;
  #running = false;

  constructor(onBroken: (id: string, identity: FileIdentity, integrity: Integrity) => void) {
    this.#onBroken = onBroken;
  }

  add(candidates: Iterable<StructureCandidate>): void {
    for (const candidate of candidates) this.#addOne(candidate);
    if (this.#waiting.size > 0) this.#schedule();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #addOne(candidate: StructureCandidate): void {
    const before = this.#checked.get(candidate.claim.id);
    if (before?.expected === candidate.claim.expected && sameIdentity(before.identity, candidate.identity))
      return;
    this.#waiting.set(candidate.claim.id, candidate);
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), settleFor);
  }

  async #run(): Promise<void> {
    if (this.#running || this.#closing.signal.aborted) return;
    this.#running = true;
    const batch = this.#takeReady();
    for (const [id, { identity, claim }] of batch)
      this.#checked.set(id, { identity, expected: claim.expected });
    const claims = [...batch.values()].map(({ claim }) => claim);
    const tell = ({ id }: Claim, integrity: Integrity) => this.#tell(id, batch.get(id), integrity);
    await checkStructures(claims, tell, { jobs: 1, signal: this.#closing.signal }).catch(() => undefined);
    this.#running = false;
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** Those that have been left alone; the others are looked at later. */
  #takeReady(): Map<string, StructureCandidate> {
    const isReady = ({ identity }: StructureCandidate) => !isFresh(identity);
    const all = [...this.#waiting];
    this.#waiting = new Map(all.filter(([, candidate]) => !isReady(candidate)));
    return new Map(all.filter(([, candidate]) => isReady(candidate)));
  }

  /** What was found of a file that is another by now is of no use: that one will be looked at for itself. */
  #tell(id: string, candidate: StructureCandidate | undefined, integrity: Integrity): void {
    if (!candidate) return;
    const now = tryLookAt(candidate.claim.path);
    if (now && 'ino' in now && sameIdentity(now, candidate.identity))
      this.#onBroken(id, candidate.identity, integrity);
    else this.#checked.delete(id);
  }
}
