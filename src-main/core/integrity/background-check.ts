import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { type FileIdentity, patience, sameIdentity } from '../files/file-identity.ts';
import { formatCount } from '../formats/plain-text.ts';
import { type Found, type LookCandidate, lookIntoCandidates } from './look-into-candidates.ts';

/** What was asked of a file, and the state it was in. */
interface Checked {
  identity: FileIdentity;
  expected: string | null;
  isUnasked: boolean;
  companionState: number;
}

/** How long candidates are gathered from the first on, in milliseconds: however many follow, it does not wait for longer. */
const gatherFor = 100;
/** So many of those that are there at first are looked into at a time, the files of folders counted. */
const turn = 5000;

/**
 * Looks into files one after another in one worker thread, each state of a file once, so that torn ones show, and what files
 * without a sidecar say of themselves, without anybody asking. A broken one that was modified just now is said to be written,
 * and looked at again when its end has had time to come.
 */
export class BackgroundCheck {
  readonly #take: (found: Found[]) => void;
  readonly #lookedInto: (ids: string[]) => void;
  readonly #checked = new Map<string, Checked>();
  readonly #closing = new AbortController();
  #waiting = new Map<string, LookCandidate>();
  /** Those of the waiting whose end may be on the way. */
  readonly #coming = new Set<string>();
  /** Those whose turn has not come. */
  #later: Iterator<LookCandidate> = [].values();
  #timer: NodeJS.Timeout | null = null;
  #running = false;

  /**
   * @param take is given what was found, several at a time
   * @param lookedInto is given those of which all is told that is found of them as they stand, whether it was anything or not
   */
  constructor(take: (found: Found[]) => void, lookedInto: (ids: string[]) => void = () => undefined) {
    this.#take = take;
    this.#lookedInto = lookedInto;
  }

  /** @returns the ids of those that a look is due of */
  add(candidates: Iterable<LookCandidate>): Set<string> {
    const due = new Set<string>();
    for (const candidate of candidates) if (this.#addOne(candidate)) due.add(candidate.claim.id);
    if (this.#waiting.size > 0) this.#schedule();
    return due;
  }

  /** As {@link add}, for those that are there at first: all candidates of a hundred thousand versions at once would be tens of megabytes. */
  addInTurn(candidates: Iterable<LookCandidate>): void {
    this.#later = candidates[Symbol.iterator]();
    if (this.#takeTurn()) this.#schedule();
  }

  /** Whether nothing is looked into, nor waits for it. */
  get isDone(): boolean {
    return !this.#running && this.#waiting.size === 0;
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#closing.abort();
  }

  /** @returns whether it is looked into now */
  #addOne(candidate: LookCandidate): boolean {
    const before = this.#checked.get(candidate.claim.id);
    if (before && tellsOf(before, candidate)) return false;
    this.#waiting.set(candidate.claim.id, candidate);
    this.#coming.delete(candidate.claim.id);
    return true;
  }

  /** @returns whether there was any */
  #takeTurn(): boolean {
    let count = 0;
    while (count < turn) {
      const { done, value } = this.#later.next();
      if (done) break;
      this.#addOne(value);
      count += 1 + (value.claim.folder?.files.length ?? 0);
    }
    return count > 0;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#run(), gatherFor);
  }

  async #run(): Promise<void> {
    this.#timer = null;
    if (this.#running || this.#closing.signal.aborted) return;
    this.#running = true;
    const ready = this.#takeReady();
    for (const { claim, ...state } of ready)
      this.#checked.set(claim.id, { ...state, expected: claim.expected, isUnasked: claim.isUnasked });
    const options = { jobs: 1, signal: this.#closing.signal };
    const byId = new Map(ready.map((candidate) => [candidate.claim.id, candidate]));
    const take = (found: Found[]) => this.#take(found.map((one) => this.#awaitEnd(one, byId.get(one.id))));
    await lookIntoCandidates(ready, take, options).catch(() => undefined);
    this.#lookedInto([...byId.keys()].filter((id) => !this.#waiting.has(id) || this.#coming.has(id)));
    this.#running = false;
    if (this.#takeTurn()) void this.#run();
    else if (this.#waiting.size > 0) this.#schedule();
  }

  /** Those whose end is not awaited; the others are looked at later. */
  #takeReady(): LookCandidate[] {
    const all = [...this.#waiting];
    this.#waiting = new Map(all.filter(([id, { identity }]) => this.#coming.has(id) && isRecent(identity)));
    const ready = all.flatMap(([id, candidate]) => (this.#waiting.has(id) ? [] : [candidate]));
    for (const { claim } of ready) this.#coming.delete(claim.id);
    return ready;
  }

  /** A file that is broken and was modified just now is being written, as far as can be told; it is looked at again. */
  #awaitEnd(found: Found, candidate: LookCandidate | undefined): Found {
    const { id, identity, fault } = found;
    if (fault?.state !== 'torn' || !isRecent(identity) || !candidate) return found;
    // What came of it meanwhile is to be looked at first.
    if (!this.#waiting.has(id)) {
      this.#waiting.set(id, candidate);
      this.#coming.add(id);
    }
    const detail = `being written: ${formatCount(identity.size)} bytes so far`;
    return { ...found, fault: { ...bareIntegrity('writing', detail), expected: fault.expected } };
  }
}

/** A time in the future says nothing: clocks of other machines differ. */
function isRecent({ mtimeMs }: FileIdentity): boolean {
  return Math.abs(Date.now() - mtimeMs) < patience;
}

/** Whether a look found out all that another would. */
function tellsOf(before: Checked, { claim, identity, companionState }: LookCandidate): boolean {
  const isAsked = before.expected === claim.expected && (before.isUnasked || !claim.isUnasked);
  const isSame = before.companionState === companionState && sameIdentity(before.identity, identity);
  return isAsked && isSame;
}
