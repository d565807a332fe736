import type { VersionRow } from '../../shared/model/version-row.ts';

type Badge = 'is_best' | 'is_latest';

/** Which versions of a run have the badges of the best and the latest, as far as rows have come. */
export class Badges {
  readonly #holders = new Map<Badge, number>();
  readonly #get: (handle: number) => VersionRow | undefined;

  constructor(get: (handle: number) => VersionRow | undefined) {
    this.#get = get;
  }

  note(row: VersionRow): void {
    if (row.is_best) this.#holders.set('is_best', row.handle);
    if (row.is_latest) this.#holders.set('is_latest', row.handle);
  }

  holder(badge: Badge): VersionRow | null {
    const row = this.#get(this.#holders.get(badge) ?? -1);
    return row?.[badge] ? row : null;
  }
}
