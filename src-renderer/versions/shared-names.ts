/** Slots whose rows are to be told that they share their name, or that they no longer do. */
export interface Holders {
  slots: readonly number[];
  isShared: boolean;
}

const nothing: Holders = { slots: [], isShared: false };

/**
 * Which slots hold a version of each number, or, without one, of each file name: a run may have several of one, after training began anew, of two
 * formats, or of policies that are trained beside each other.
 */
export class SharedNames {
  /** A slot, or several: of a hundred thousand numbers nearly all have one. */
  readonly #slots = new Map<number | string, number | Set<number>>();

  add(name: number | string, slot: number): Holders {
    const holders = this.#slots.get(name);
    if (holders === undefined || holders === slot) {
      this.#slots.set(name, slot);
      return nothing;
    }
    if (typeof holders === 'number') {
      this.#slots.set(name, new Set([holders, slot]));
      return { slots: [holders, slot], isShared: true };
    }
    holders.add(slot);
    return { slots: [slot], isShared: true };
  }

  remove(name: number | string, slot: number): Holders {
    const holders = this.#slots.get(name);
    if (holders === undefined) return nothing;
    if (typeof holders === 'number') {
      this.#slots.delete(name);
      return nothing;
    }
    holders.delete(slot);
    const [last] = holders;
    if (last === undefined || holders.size > 1) return nothing;
    this.#slots.set(name, last);
    return { slots: [last], isShared: false };
  }
}
