import { areSame } from '../../../shared/comparison/equal-values.ts';
import type { Hyperparameter } from '../../../shared/model/hyperparameters.ts';
import type { Json } from '../../../shared/model/json.ts';
import type { Setting } from './gather-settings.ts';

/** What is called otherwise in another place. */
const otherNames = new Map([
  ['lr', 'learning_rate'],
  ['learningrate', 'learning_rate'],
  ['batchsize', 'batch_size'],
]);
/** Names that many things have, so that two of them need not be one. */
const vague = new Set([
  ...['name', 'type', 'kind', 'class', 'id', 'path', 'dir', 'mode', 'enabled', 'version', 'size', '_target_'],
]);

/**
 * Settings by what they are, those first on which not all places agree. Two places mean one thing where they call it the
 * same by the whole path of keys, or by its last key, as long as no place has two that end so.
 */
export function compareSettings(settings: readonly Setting[]): Hyperparameter[] {
  const set = settings.filter(({ isMoved }) => !isMoved);
  const rows = [...groupBy(set, ({ name }) => lastKeyOf(name)).entries()].flatMap(([last, named]) =>
    isOneEach(named) && !isVague(last) ? [named] : [...groupBy(named, ({ name }) => sameName(name)).values()],
  );
  // What a schedule made of a setting is told by itself.
  const moved = [
    ...groupBy(
      settings.filter(({ isMoved }) => isMoved),
      ({ name }) => name,
    ),
  ].map(([name, ones]) => ({ ...asHyperparameter(ones), name }));
  const told = [...rows.map(asHyperparameter), ...moved];
  return [...told.filter(({ agree }) => !agree), ...told.filter(({ agree }) => agree)];
}

/** Whether many things are called so. */
export const isVague = (last: string): boolean => vague.has(last);

function isOneEach(settings: readonly Setting[]): boolean {
  return new Set(settings.map(({ source, part }) => `${source} ${part}`)).size === settings.length;
}

function asHyperparameter(settings: readonly Setting[]): Hyperparameter {
  const [shortest] = settings.map(({ name }) => name).sort((a, b) => a.length - b.length);
  return {
    name: sameName(shortest ?? ''),
    agree: doAgree(settings.filter(({ value }) => !isToBeFilledIn(value))),
    values: settings.map(({ source, part, name, value }) => ({
      source,
      path: part === '' ? name : `${part}.${name}`,
      value,
    })),
  };
}

/** Groups of optimizers are set up apart: where other places say one thing, it is that of one of them. */
function doAgree(settings: readonly Setting[]): boolean {
  const groups = settings.filter(({ source }) => source === 'optimizer');
  const [first, ...others] = settings.filter(({ source }) => source !== 'optimizer');
  if (!first) return true;
  const isSame = ({ value }: Setting) => areSame(value, first.value);
  return others.every(isSame) && (groups.length === 0 || groups.some(isSame));
}

/** An interpolation of OmegaConf, or a value that is still missing. */
export const isToBeFilledIn = (value: Json): boolean =>
  typeof value === 'string' && (value === '???' || value.includes('${'));

/** The last of a path of keys, as most call it. */
export function lastKeyOf(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return otherNames.get(last.toLowerCase()) ?? last;
}

/** With the last key as most have it. */
function sameName(name: string): string {
  return name.slice(0, name.lastIndexOf('.') + 1) + lastKeyOf(name);
}

function groupBy(settings: readonly Setting[], keyOf: (setting: Setting) => string): Map<string, Setting[]> {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    const group = groups.get(keyOf(setting));
    if (group) group.push(setting);
    else groups.set(keyOf(setting), [setting]);
  }
  return groups;
}
