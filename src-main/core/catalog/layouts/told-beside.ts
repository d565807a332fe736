import type { Problem } from '../../../../shared/model/run.ts';
import { escapeName } from '../escape-name.ts';
import type { ListedVersion } from '../listed-version.ts';
import { CompanionCensus } from './companion-census.ts';
import { tellMissing } from './known-layouts.ts';
import type { Measured, Measurements } from './layout.ts';

const nothing: Measured = { reward: null, metrics: [], problems: [] };

/** What other files of a run tell of its versions: what was measured of them, and which companions others have. */
export class ToldBeside {
  /** Null for nothing. A version that a sidecar describes is not measured by them. */
  measurements: Measurements | null = null;
  readonly #census = new CompanionCensus();

  of(version: ListedVersion): Measured | null {
    const measured = version.source === 'sidecar' ? null : (this.measurements?.of(version) ?? null);
    const missing = this.#census.missingOf(version);
    if (missing.length === 0) return measured;
    const { problems, ...rest } = measured ?? nothing;
    return { ...rest, problems: [...problems, ...missing.map(tellMissing)] };
  }

  /** What they tell against any of these versions. */
  problemsOf(versions: Iterable<ListedVersion>): Problem[] {
    if (this.measurements === null && this.#census.isEmpty) return [];
    return Array.from(versions).flatMap((version) => {
      const told = this.of(version)?.problems ?? [];
      return told.map((problem) => ({ path: escapeName(version.id), problem }));
    });
  }

  /** Takes in that a version is there, in the place of another one. */
  add(version: ListedVersion, before: ListedVersion | undefined): void {
    this.remove(before);
    this.#census.add(version);
  }

  remove(version: ListedVersion | undefined): void {
    if (version) this.#census.remove(version);
  }

  /** Those of which something else is told since this was asked last; null for none. */
  takeChanged(): ((id: string) => boolean) | null {
    return this.#census.takeChanged();
  }
}
