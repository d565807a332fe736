import { setTimeout as sleep } from 'node:timers/promises';
import type { RecentEntry } from './recents.ts';
import { isFolderNow, isSomethingNow } from './what-is-there.ts';

type Place = Pick<RecentEntry, 'folder' | 'kind'>;

/** How long a list, and who opens something, waits for a look, in milliseconds: at a network mount whose server is gone it may never end. */
const usualPatience = { list: 300, open: 5000 };

/**
 * Whether what was opened before is there. Nobody waits long for a look, and one place is looked at after another: looks that never end
 * hold the threads that all reading of files needs. What is not known yet is taken to be there.
 */
export class Presence {
  readonly #look: (place: Place) => Promise<boolean>;
  readonly #patience: typeof usualPatience;
  readonly #known = new Map<string, boolean>();
  /** Of places that are being looked at. */
  readonly #looks = new Map<string, Promise<boolean>>();
  #looking: Promise<void> | null = null;

  constructor(look: (place: Place) => Promise<boolean> = isThere, patience = usualPatience) {
    this.#look = look;
    this.#patience = patience;
  }

  /**
   * Looks at all of them, unless others are being looked at still.
   * @param onLate is told where some answer comes after this one, and is another
   */
  async of(places: readonly Place[], onLate: () => void): Promise<boolean[]> {
    const looking = this.#looking ?? this.#lookAtAll(places);
    const isOver = looking.then(() => true);
    const isInTime = await Promise.race([isOver, sleep(this.#patience.list, false, { ref: false })]);
    const told = this.#told(places);
    if (!isInTime)
      void looking.then(() => {
        if (this.#told(places).some((isPresent, index) => isPresent !== told[index])) onLate();
      });
    return told;
  }

  /** Whether a place says at all whether it is there: what does not would stop whoever opens it. */
  answers(place: Place): Promise<boolean> {
    const answered = this.#lookAt(place).then(() => true);
    return Promise.race([answered, sleep(this.#patience.open, false, { ref: false })]);
  }

  /** Once at a time. */
  #lookAt(place: Place): Promise<boolean> {
    const { folder } = place;
    const begun = this.#looks.get(folder);
    if (begun) return begun;
    const look = this.#look(place).then((isPresent) => {
      this.#known.set(folder, isPresent);
      this.#looks.delete(folder);
      return isPresent;
    });
    this.#looks.set(folder, look);
    return look;
  }

  #told(places: readonly Place[]): boolean[] {
    return places.map(({ folder }) => this.#known.get(folder) ?? true);
  }

  #lookAtAll(places: readonly Place[]): Promise<void> {
    const look = async () => {
      for (const place of places) await this.#lookAt(place);
      this.#looking = null;
    };
    this.#looking = look();
    return this.#looking;
  }
}

function isThere({ folder, kind }: Place): Promise<boolean> {
  return kind === 'checkpoint' ? isSomethingNow(folder) : isFolderNow(folder);
}
