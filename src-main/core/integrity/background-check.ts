import type { Integrity } from '../../../shared/model/integrity.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { sameIdentity } from '../files/file-identity.ts';
import { checkStructures } from './integrity-pool.ts';
import type { Claim } from './verification.ts';

/** A file whose structure should be looked at when there is time. */
export interface StructureCandidate {
  claim: Claim;
  identity: FileIdentity;
}

/** How long a file must have been left alone before its structure is judged, in milliseconds. */
const settleFor = 500;

/**
 * Looks at the structure of files one after another in one worker thread, each state of a file once, so that torn ones show
 * without anybody asking.
 */
export class BackgroundCheck {
  readonly #onBroken: (id: string, identity: FileIdentity, integrity: Integrity) => void;
  readonly #checked = new Map<string, FileIdentity>();
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
    if (before && sameIdentity(before, candidate.identity)) return;
    this.#waiting.set(candidate.claim.id, candidate);
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), settleFor);
  }

  async #run(): Promise<void> {
    if (this.#running || this.#closing.signal.aborted) return;
    this.#running = true;
    const batch = this.#waiting;
    this.#waiting = new Map();
    for (const [id, { identity }] of batch) this.#checked.set(id, identity);
    const claims = [...batch.values()].map(({ claim }) => claim);
    const tell = ({ id }: Claim, integrity: Integrity) => {
      const candidate = batch.get(id);
      if (candidate) this.#onBroken(id, candidate.identity, integrity);
    };
    await checkStructures(claims, tell, { jobs: 1, signal: this.#closing.signal }).catch(() => undefined);
    this.#running = false;
    if (this.#waiting.size > 0) this.#schedule();
  }
}
