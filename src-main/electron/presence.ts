import { setTimeout as sleep } from 'node:timers/promises';
import type { RecentEntry } from './recents.ts';
import { isFolderNow, isSomethingNow } from './what-is-there.ts';

type Place = Pick<RecentEntry, 'folder' | 'kind'>;

/** How long a list waits for what is looked at, in milliseconds: at a network mount whose server is gone a look may never end. */
const patience = 300;

/**
 * Whether what was opened before is there. Nobody waits long for a look, and one place is looked at after another: looks that never end
 * hold the threads that all reading of files needs. What is not known yet is taken to be there.
 */
export class Presence {
  readonly #look: (place: Place) => Promise<boolean>;
  readonly #known = new Map<string, boolean>();
  #looking: Promise<void> | null = null;

  constructor(look: (place: Place) => Promise<boolean> = isThere) {
    this.#look = look;
  }

  /**
   * Looks at all of them, unless others are being looked at still.
   * @param onLate is told where some answer comes after this one, and is another
   */
  async of(places: readonly Place[], onLate: () => void): Promise<boolean[]> {
    const looking = this.#looking ?? this.#lookAtAll(places);
    const isOver = looking.then(() => true);
    const isInTime = await Promise.race([isOver, sleep(patience, false, { ref: false })]);
    const told = this.#told(places);
    if (!isInTime)
      void looking.then(() => {
        if (this.#told(places).some((isPresent, index) => isPresent !== told[index])) onLate();
      });
    return told;
  }

  #told(places: readonly Place[]): boolean[] {
    return places.map(({ folder }) => this.#known.get(folder) ?? true);
  }

  #lookAtAll(places: readonly Place[]): Promise<void> {
    const look = async () => {
      for (const place of places) this.#known.set(place.folder, await this.#look(place));
      this.#looking = null;
    };
    this.#looking = look();
    return this.#looking;
  }
}

function isThere({ folder, kind }: Place): Promise<boolean> {
  return kind === 'checkpoint' ? isSomethingNow(folder) : isFolderNow(folder);
}
