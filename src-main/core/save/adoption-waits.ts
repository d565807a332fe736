/** What a version of a watched folder waits for, in one clause; `isBrief`: it is usually over in a moment. */
export interface Wait {
  waitsFor: string;
  isBrief: boolean;
}

/** What is usually over in a moment is told once it was met so often in a row. */
const briefLooks = 10;

/** What versions of a folder that is watched wait for, by their absolute paths; each reason is told once. */
export class AdoptionWaits {
  readonly #waits = new Map<string, { looks: number; told: Set<string> }>();
  readonly #tell: (path: string, why: string) => void;

  constructor(tell: (path: string, why: string) => void = () => undefined) {
    this.#tell = tell;
  }

  met(path: string, { waitsFor, isBrief }: Wait): void {
    const { looks, told } = this.#waits.get(path) ?? { looks: 0, told: new Set() };
    const isDue = !isBrief || looks + 1 >= briefLooks;
    if (isDue && !told.has(waitsFor)) this.#tell(path, waitsFor);
    this.#waits.set(path, { looks: looks + 1, told: isDue ? told.add(waitsFor) : told });
  }

  /** It waits no more: whatever it may wait for next is new. */
  forget(path: string): void {
    this.#waits.delete(path);
  }
}
