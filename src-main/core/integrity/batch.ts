/** How long items are gathered at least, in milliseconds, and how many times as long as passing the last ones on took. */
const gatherFor = { least: 100, asLong: 4 };

/** Passes items on several at a time, soon after the first has come: the longer that takes, the more at a time, so that most of the time is left for what they come of. */
export class Batch<T> {
  readonly #pass: (items: T[]) => void;
  #tookLast = 0;
  #items: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(pass: (items: T[]) => void) {
    this.#pass = pass;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(
      () => this.flush(),
      Math.max(gatherFor.least, gatherFor.asLong * this.#tookLast),
    );
  }

  /** Passes on what there is, now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const items = this.#items;
    this.#items = [];
    if (items.length === 0) return;
    const started = performance.now();
    this.#pass(items);
    this.#tookLast = performance.now() - started;
  }
}

/** Does work that comes upon items one by one; what it adds is passed on several at a time, all of it before this returns. */
export async function inBatches<T>(
  pass: (items: T[]) => void,
  work: (add: (item: T) => void) => Promise<void>,
): Promise<void> {
  const batch = new Batch(pass);
  try {
    await work((item) => batch.add(item));
  } finally {
    batch.flush();
  }
}
