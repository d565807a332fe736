/** Slots whose rows are to be told that they share their number, or that they no longer do. */
export interface Holders {
  slots: readonly number[];
  isShared: boolean;
}

const nothing: Holders = { slots: [], isShared: false };

/** Which slots hold a version of each number: a run may have several of one, after training began anew, or of two formats. */
export class SharedNumbers {
  /** A slot, or several: of a hundred thousand numbers nearly all have one. */
  readonly #slots = new Map<number, number | Set<number>>();

  add(number: number | null, slot: number): Holders {
    if (number === null) return nothing;
    const holders = this.#slots.get(number);
    if (holders === undefined || holders === slot) {
      this.#slots.set(number, slot);
      return nothing;
    }
    if (typeof holders === 'number') {
      this.#slots.set(number, new Set([holders, slot]));
      return { slots: [holders, slot], isShared: true };
    }
    holders.add(slot);
    return { slots: [slot], isShared: true };
  }

  remove(number: number | null, slot: number): Holders {
    const holders = number === null ? undefined : this.#slots.get(number);
    if (number === null || holders === undefined) return nothing;
    if (typeof holders === 'number') {
      this.#slots.delete(number);
      return nothing;
    }
    holders.delete(slot);
    const [last] = holders;
    if (last === undefined || holders.size > 1) return nothing;
    this.#slots.set(number, last);
    return { slots: [last], isShared: false };
  }
}
