import { plain } from '../../../shared/comparison/equal-values.ts';
import type { SettingSource } from '../../../shared/model/hyperparameters.ts';
import { type Json, type JsonObject, stringifyJson } from '../../../shared/model/json.ts';
import { compareSettings, isToBeFilledIn, isVague, lastKeyOf } from './compare-settings.ts';
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
 * Tells what is known under a name: the same path of keys, else the only one with the same last key, as versions say the same at other
 * places.
 */
export function settingFinder(known: KnownSettings): (name: string) => KnownSetting | undefined {
  let only: ReadonlyMap<string, string | null> | undefined;
  return (name) => {
    const exact = known.get(name);
    if (exact || name.startsWith(statePrefix)) return exact;
    only ??= onlyByLastKey(known.keys());
    const other = only.get(lastKeyOf(name));
    return typeof other === 'string' ? known.get(other) : undefined;
  };
}

/** The only name with a last key; null where there are several. */
function onlyByLastKey(names: Iterable<string>): Map<string, string | null> {
  const only = new Map<string, string | null>();
  for (const name of names) {
    const last = sharedKeyOf(name);
    if (last !== null) only.set(last, only.has(last) ? null : name);
  }
  return only;
}

/** The last key, by which names at other places may mean the same; null for names that mean themselves alone. */
function sharedKeyOf(name: string): string | null {
  const last = lastKeyOf(name);
  return isVague(last) || name.startsWith(statePrefix) ? null : last;
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
  const finders = [...new Set(versions)].map(settingFinder);
  const named = [...namesOf(versions)].map((name) => {
    const found = finders.map((find) => find(name));
    const source = found.find((each) => each !== undefined)?.source ?? 'hydra';
    return { name, source, varies: new Set(found.map((each) => each?.value)).size > 1 };
  });
  return [...named.filter(({ varies }) => varies), ...named.filter(({ varies }) => !varies)];
}

/** One name for what versions say at different places; two that one version has both of are not the same. */
function namesOf(versions: readonly KnownSettings[]): ReadonlySet<string> {
  const names = new Set<string>();
  const listed: KeyCounts = new Map();
  for (const known of versions) {
    const own: KeyCounts = new Map();
    for (const name of known.keys()) if (names.has(name)) countKey(own, name);
    for (const name of namesToAdd(known, names, listed, own)) {
      names.add(name);
      countKey(listed, name);
      countKey(own, name);
    }
  }
  return names;
}

/** How many names have a last key. */
type KeyCounts = Map<string, number>;

function countKey(counts: KeyCounts, name: string): void {
  const key = sharedKeyOf(name);
  if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Each is asked after the one before was added. */
function* namesToAdd(
  known: KnownSettings,
  names: ReadonlySet<string>,
  listed: KeyCounts,
  own: KeyCounts,
): Generator<string> {
  for (const name of known.keys()) if (!names.has(name) && !isElsewhere(name, listed, own)) yield name;
}

/** Whether a name with the same last key is listed that the version itself does not have. */
function isElsewhere(name: string, listed: KeyCounts, own: KeyCounts): boolean {
  const key = sharedKeyOf(name);
  return key !== null && (listed.get(key) ?? 0) > (own.get(key) ?? 0);
}
