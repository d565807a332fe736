import { join } from 'node:path';
import { type Document, isMap, parseDocument } from 'yaml';
import { writeAge, writeSize } from '../../../shared/model/amounts.ts';
import type { KeptLimits } from '../../../shared/model/app-settings.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { ModelValidationError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { makeBookkeepingFolder } from '../files/run-bookkeeping.ts';
import { parseAge, parseSize } from './parse-amount.ts';
import { type Limits, readAppSettings, settingsFile } from './settings.ts';

const limit = 256 * 1024;
const sections = ['trash', 'backups'] as const;

/** What is kept by itself of runs that say nothing else, in words, and what is wrong with the file that says so. */
export function readKeptLimits(appData: string): { limits: KeptLimits; problems: Problem[] } {
  const { settings, problems } = readAppSettings(appData);
  return { limits: { trash: inWords(settings.trash), backups: inWords(settings.backups) }, problems };
}

/**
 * Puts these limits on file for runs that are opened from then on; whatever else stands there, comments included, stays.
 * @throws UsageError for a limit that is none, ModelValidationError where the file is damaged: it is left as it is
 */
export async function changeKeptLimits(disk: Disk, appData: string, limits: KeptLimits): Promise<void> {
  const document = parseDocument(textOf(join(appData, settingsFile)));
  if (isDamaged(document))
    throw new ModelValidationError(
      `the limits are not changed — ${join(appData, settingsFile)} is damaged — fix it, or move it away`,
    );
  for (const section of sections) setLimits(document, section, limits[section]);
  makeBookkeepingFolder(appData);
  await replaceDurably(disk, appData, settingsFile, Buffer.from(document.toString()));
}

/** @throws UsageError for a limit that is none */
function setLimits(
  document: Document.Parsed,
  section: keyof KeptLimits,
  { maxAge, maxSize }: KeptLimits['trash'],
): void {
  if (maxAge !== null) parseAge(maxAge);
  if (maxSize !== null) parseSize(maxSize);
  // A section that says nothing takes no keys.
  if (document.has(section) && document.get(section) === undefined) document.delete(section);
  document.setIn([section, 'max_age'], maxAge);
  document.setIn([section, 'max_size'], maxSize);
}

/** Whether something stands where limits go that holds none. */
function isDamaged({ errors, contents }: Document.Parsed): boolean {
  if (errors.length > 0) return true;
  if (contents === null) return false;
  return !isMap(contents) || sections.some((section) => !isMap(contents.get(section) ?? contents));
}

function textOf(path: string): string {
  try {
    return readText(path, limit);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return '';
    throw error;
  }
}

function inWords({ age, bytes }: Limits): KeptLimits['trash'] {
  return { maxAge: age === null ? null : writeAge(age), maxSize: bytes === null ? null : writeSize(bytes) };
}
