/** How long items are gathered, in milliseconds. */
const gatherFor = 100;

/** Passes items on several at a time, soon after the first has come. */
export class Batch<T> {
  readonly #pass: (items: T[]) => void;
  #items: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(pass: (items: T[]) => void) {
    this.#pass = pass;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(() => this.flush(), gatherFor);
  }

  /** Passes on what there is, now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#pass(items);
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
