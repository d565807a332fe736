import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { errorCode } from '../files/error-code.ts';
import { isObject, toMap } from './find-storage-block.ts';
import { parseAge, parseSize } from './parse-amount.ts';
import { explainYaml, readYaml } from './read-yaml.ts';

/** How much may be kept, in milliseconds and bytes; null for no limit. */
export interface Limits {
  age: number | null;
  bytes: number | null;
}

/** What Cairn itself may be told of a run: limits of what its retention moves to the trash, and of its own backups. */
export interface Settings {
  trash: Limits;
  backups: Limits;
  /** What keeps it from being told how long things are to stay: no limit counts then. */
  inDoubt: Problem | null;
}

export interface SettingsReading {
  settings: Settings;
  problems: Problem[];
}

/** Seven days and 20 GB for the trash: the contract of the command line. */
const unlimited: Limits = { age: null, bytes: null };
const defaults: Settings = {
  trash: { age: 7 * 24 * 3600 * 1000, bytes: 20e9 },
  backups: unlimited,
  inDoubt: null,
};
const sections = ['trash', 'backups'] as const;
const keys = { max_age: 'age', max_size: 'bytes' } as const;
export const settingsFile = 'settings.yaml';

/**
 * The settings of a run, from `settings.yaml` in Cairn's folder of the run, else in the app's data: `trash` and `backups`, each
 * with `max_age` (`30d`) and `max_size` (`20 GB`), null for no limit. What cannot be used is named, and until it is corrected
 * nothing has a limit: a fault must not delete what it was to keep. Never throws.
 */
export function readSettings(bookkeeping: string, appData: string): SettingsReading {
  const app = readAppSettings(appData);
  const { settings, problems } = overlay(app, join(bookkeeping, settingsFile), `.cairn/${settingsFile}`);
  const inDoubt = problems[0] ?? null;
  return { settings: inDoubt ? { trash: unlimited, backups: unlimited, inDoubt } : settings, problems };
}

/** The settings of runs that have none of their own; faulty ones are named, and the defaults stand in their place. */
export function readAppSettings(appData: string): SettingsReading {
  const path = join(appData, settingsFile);
  return overlay({ settings: defaults, problems: [] }, path, path);
}

function overlay({ settings, problems }: SettingsReading, path: string, shown: string): SettingsReading {
  const faults: string[] = [];
  const result = { ...settings, trash: { ...settings.trash }, backups: { ...settings.backups } };
  for (const [section, values] of readSections(path, faults))
    for (const [key, value] of values) take(result, section, key, value, faults);
  return {
    settings: result,
    problems: [
      ...problems,
      ...faults.map((problem) => ({ path: shown, problem: `${problem}; no limit counts` })),
    ],
  };
}

type Section = (typeof sections)[number];

function readSections(path: string, faults: string[]): [Section, Map<string, unknown>][] {
  const value = tryRead(path, faults);
  if (value === null) return [];
  return [...value].flatMap(([name, content]): [Section, Map<string, unknown>][] => {
    const section = sections.find((known) => known === name);
    if (section && isObject(content)) return [[section, toMap(content)]];
    faults.push(
      section ? `${name}: it must have max_age or max_size` : `${escapeName(name)}: there is no such key`,
    );
    return [];
  });
}

function tryRead(path: string, faults: string[]): Map<string, unknown> | null {
  try {
    const value = readYaml(path);
    if (isObject(value)) return toMap(value);
    if (value !== null) faults.push('it has no keys');
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') faults.push(`cannot be read: ${explainYaml(error)}`);
  }
  return null;
}

function take(settings: Settings, section: Section, key: string, value: unknown, faults: string[]): void {
  const name = `${section}.${escapeName(key)}`;
  const limit = key === 'max_age' || key === 'max_size' ? keys[key] : null;
  if (limit === null) return void faults.push(`${name}: there is no such key`);
  try {
    settings[section][limit] = value === null ? null : parse(limit, value);
  } catch (error) {
    faults.push(`${name}: ${escapeName((error as Error).message, 200)}`);
  }
}

function parse(limit: keyof Limits, value: unknown): number {
  const text = isObject(value) || Array.isArray(value) ? 'a list or mapping' : String(value);
  return limit === 'age' ? parseAge(text) : parseSize(text);
}
