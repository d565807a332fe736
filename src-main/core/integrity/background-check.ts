import { type FileIdentity, isFresh, sameIdentity } from '../files/file-identity.ts';
import { type Found, type LookCandidate, lookIntoCandidates } from './look-into-candidates.ts';

/** What was asked of a file, and the state it was in. */
interface Checked {
  identity: FileIdentity;
  expected: string | null;
  isBare: boolean;
}

/** How long candidates are gathered, in milliseconds. */
const settleFor = 500;

/**
 * Looks into files one after another in one worker thread, each state of a file once, so that torn ones show, and what files
 * without a sidecar say of themselves, without anybody asking. A file modified just now is left alone until its end has had
 * time to come.
 */
export class BackgroundCheck {
  readonly #take: (found: Found[]) => void;
  readonly #checked = new Map<string, Checked>();
  readonly #closing = new AbortController();
  #waiting = new Map<string, LookCandidate>();
  #timer: NodeJS.Timeout | null = null;
  #running = false;

  constructor(take: (found: Found[]) => void) {
    this.#take = take;
  }

  add(candidates: Iterable<LookCandidate>): void {
    for (const candidate of candidates) this.#addOne(candidate);
    if (this.#waiting.size > 0) this.#schedule();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #addOne(candidate: LookCandidate): void {
    const before = this.#checked.get(candidate.claim.id);
    if (before && tellsOf(before, candidate)) return;
    this.#waiting.set(candidate.claim.id, candidate);
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), settleFor);
  }

  async #run(): Promise<void> {
    if (this.#running || this.#closing.signal.aborted) return;
    this.#running = true;
    const ready = this.#takeReady();
    for (const { claim, identity } of ready)
      this.#checked.set(claim.id, { identity, expected: claim.expected, isBare: claim.isBare });
    const options = { jobs: 1, signal: this.#closing.signal };
    await lookIntoCandidates(ready, this.#take, options).catch(() => undefined);
    this.#running = false;
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** Those that have been left alone; the others are looked at later. */
  #takeReady(): LookCandidate[] {
    const all = [...this.#waiting];
    this.#waiting = new Map(all.filter(([, { identity }]) => isFresh(identity)));
    return all.flatMap(([id, candidate]) => (this.#waiting.has(id) ? [] : [candidate]));
  }
}

/** Whether a look found out all that another would. */
function tellsOf(before: Checked, { claim, identity }: LookCandidate): boolean {
  const isAsked = before.expected === claim.expected && (before.isBare || !claim.isBare);
  return isAsked && sameIdentity(before.identity, identity);
}
