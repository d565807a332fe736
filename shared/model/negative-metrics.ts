import { isSigned } from './direction-by-name.ts';
import type { MetricValues } from './metric-values.ts';

/**
 * Those metrics of which the sign tells the better end ({@link isSigned}) and that are written as negative numbers here: some value is below 0, none above.
 * @param versions those that share their names are looked through once for them
 */
export function negativeMetrics(versions: Iterable<{ metrics: MetricValues }>): string[] {
  const placesIn = signedPlaces();
  const signs = new Signs();
  for (const { metrics } of versions)
    for (const index of placesIn(metrics.names))
      signs.note(metrics.names[index] ?? '', metrics.values[metrics.at + index] ?? Number.NaN);
  return signs.negative();
}

/** Of each metric whether some value is below 0, and above. */
class Signs {
  readonly #below = new Set<string>();
  readonly #above = new Set<string>();

  note(name: string, value: number): void {
    if (value < 0) this.#below.add(name);
    else if (value > 0) this.#above.add(name);
  }

  negative(): string[] {
    return [...this.#below].filter((name) => !this.#above.has(name));
  }
}

/** Where in a list of names those are whose sign tells. */
function signedPlaces(): (names: readonly string[]) => readonly number[] {
  const known = new Map<readonly string[], number[]>();
  return (names) => {
    const found = known.get(names) ?? [...names.keys()].filter((index) => isSigned(names[index] ?? ''));
    known.set(names, found);
    return found;
  };
}
