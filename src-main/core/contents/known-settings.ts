import type { SettingSource } from '../../../shared/model/hyperparameters.ts';
import { type Json, type JsonObject, stringifyJson } from '../../../shared/model/json.ts';
import { compareSettings, isToBeFilledIn, isVague, lastKeyOf, plain } from './compare-settings.ts';
import type { Setting } from './gather-settings.ts';
import { limitText } from './limit-value.ts';

/** Where a value of a list stands, and what it is: a number, or a short text for whatever else. */
export interface KnownSetting {
  source: SettingSource | 'training state';
  value: number | string;
}

/** What is known of how one version was trained, each under one name. */
export type KnownSettings = ReadonlyMap<string, KnownSetting>;

/** What is nearest to the version counts: its sidecar goes before the file, and both before what was noted of the run. */
const order: Readonly<Record<SettingSource, number>> = {
  sidecar: 0,
  file: 1,
  optimizer: 2,
  hparams: 3,
  training_args: 4,
  trainer_state: 5,
  args: 6,
  zoo_config: 7,
  zoo_args: 8,
  mlflow: 9,
  hydra: 10,
  overrides: 11,
};
/** In characters: more tells nobody apart on an axis. */
const longest = 80;
const statePrefix = 'training_state.';

export function knownSettings(settings: readonly Setting[]): KnownSettings {
  const known = new Map<string, KnownSetting>();
  for (const { name, values } of compareSettings(settings)) {
    const said = values.filter(({ value }) => !isToBeFilledIn(value as Json));
    const [nearest] = said.toSorted((a, b) => order[a.source] - order[b.source]);
    if (nearest) known.set(name, { source: nearest.source, value: shownValue(plain(nearest.value as Json)) });
  }
  return known;
}

/** The numbers at the top of a training state. */
export function knownState(state: JsonObject | null): KnownSettings {
  const numbers = Object.entries(state ?? {}).filter(([, value]) => isNumeric(value));
  return new Map(
    numbers.map(([key, value]) => [statePrefix + key, { source: 'training state', value: Number(value) }]),
  );
}

const isNumeric = (value: Json): boolean => typeof value === 'number' || typeof value === 'bigint';

function shownValue(value: Json): number | string {
  if (isNumeric(value)) return Number(value);
  if (typeof value === 'string') return limitText(value, longest);
  return limitText(stringifyJson(value), longest);
}

/**
 * What is known under a name: the same path of keys, else the only one with the same last key, as versions say the same at other
 * places.
 */
export function settingNamed(known: KnownSettings, name: string): KnownSetting | undefined {
  const exact = known.get(name);
  if (exact || name.startsWith(statePrefix)) return exact;
  const [one, another] = [...known.keys()].filter((other) => meansTheSame(other, name));
  return one === undefined || another !== undefined ? undefined : known.get(one);
}

function meansTheSame(one: string, other: string): boolean {
  const last = lastKeyOf(one);
  return !isVague(last) && !one.startsWith(statePrefix) && last === lastKeyOf(other);
}

/** A name under which something is known of some versions. */
export interface NamedSetting {
  name: string;
  source: KnownSetting['source'];
  /** Whether these versions differ in it. */
  varies: boolean;
}

/** Every name under which these versions say something; first what they differ in. */
export function nameSettings(versions: readonly KnownSettings[]): NamedSetting[] {
  const names = new Set<string>();
  for (const known of versions) {
    for (const name of known.keys()) if (!isListed(names, known, name)) names.add(name);
  }
  const named = [...names].map((name) => {
    const found = versions.map((known) => settingNamed(known, name));
    const source = found.find((each) => each !== undefined)?.source ?? 'hydra';
    return { name, source, varies: new Set(found.map((each) => each?.value)).size > 1 };
  });
  return [...named.filter(({ varies }) => varies), ...named.filter(({ varies }) => !varies)];
}

/** Two that one version has both of are not the same. */
function isListed(names: ReadonlySet<string>, known: KnownSettings, name: string): boolean {
  if (names.has(name) || name.startsWith(statePrefix)) return names.has(name);
  return [...names].some((other) => !known.has(other) && meansTheSame(other, name));
}
