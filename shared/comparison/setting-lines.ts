import type { Hyperparameter } from '../model/hyperparameters.ts';
import { type Json, stringifyJson } from '../model/json.ts';
import { plain } from './equal-values.ts';

type Places = Hyperparameter['values'];

/** The places of a hyperparameter, together where they have one value: a line for each value. */
export function settingLines({ agree, values }: Hyperparameter): Places[] {
  if (!agree) return byValue(values);
  const [first = [], ...others] = byValue(values.filter(isOfOptimizer));
  // Groups of an optimizer may each have their own; what else says it says one thing, or leaves it to be filled in.
  return others.length === 0 ? [values] : together(values, [first, ...others]);
}

function together(values: Places, groups: Places[]): Places[] {
  const elsewhere = values.filter((place) => !isOfOptimizer(place));
  const own = Math.max(
    0,
    groups.findIndex(([group]) => elsewhere.some((place) => keyOf(place) === keyOf(group))),
  );
  return groups.map((group, index) => (index === own ? [...group, ...elsewhere] : group));
}

const isOfOptimizer = ({ source }: Places[number]): boolean => source === 'optimizer';

const keyOf = (place: Places[number] | undefined): string =>
  stringifyJson(plain((place?.value ?? null) as Json));

function byValue(values: Places): Places[] {
  const lines = new Map<string, Places>();
  for (const place of values) {
    const line = lines.get(keyOf(place));
    if (line) line.push(place);
    else lines.set(keyOf(place), [place]);
  }
  return [...lines.values()];
}
