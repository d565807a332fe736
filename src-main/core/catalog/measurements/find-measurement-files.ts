import { opendir } from 'node:fs/promises';
import type { Problem } from '../../../../shared/model/run.ts';
import { compareNatural } from '../../../../shared/query/compare-natural.ts';
import { tryLookAt } from '../../files/file-identity.ts';
import { formatCount } from '../../formats/plain-text.ts';
import { type LogFile, logFileOf } from './log-file.ts';
import { fixedNames, type LogFolder, topFolder } from './log-folders.ts';
import { numbersSaves } from './numbered-by-saves.ts';

/** What a run has of files that say what was measured. */
export interface FoundLogs {
  /** The later ones of a group last. */
  files: LogFile[];
  /** The folders that were looked into, relative to the run, itself not among them. */
  folders: string[];
  problems: Problem[];
}

const most = { folders: 200, files: 1000, names: 5000, depth: 7 };

/** A directory this large, in bytes, has tens of thousands of names: it is not listed each time that a file in it changes. */
const tooLarge = 400_000;

interface Entry {
  name: string;
  isFolder: boolean;
}

interface Entered {
  /** Relative to the run, '' for itself. */
  path: string;
  folder: LogFolder;
}

/**
 * Looks where frameworks put them: at the top of a run and in the folders that `topFolder` tells, those nearer to the top first, each listed
 * once. No link is entered. A folder that cannot be listed has none.
 */
export async function findMeasurementFiles(root: string): Promise<FoundLogs> {
  const found: FoundLogs = { files: [], folders: [], problems: [] };
  let level: Entered[] = [{ path: '', folder: topFolder }];
  for (let depth = 0; level.length > 0 && depth < most.depth; depth += 1) {
    const below: Entered[] = [];
    for (const entered of level) below.push(...(await lookInto(root, entered, found)));
    level = withinBounds(below, most.folders - found.folders.length, found);
    found.folders.push(...level.map(({ path }) => path));
  }
  found.files = withinBounds(found.files.sort(ownLast), most.files, found);
  return found;
}

/** @returns the folders in it to look into next */
async function lookInto(root: string, { path, folder }: Entered, found: FoundLogs): Promise<Entered[]> {
  const below: Entered[] = [];
  const { entries, isCut } = await entriesOf(root, path);
  if (isCut && path !== '')
    found.problems.push({ path, problem: 'here are more files than are looked through for measurements' });
  const isBeside = (other: string) => entries.some(({ name, isFolder }) => name === other && !isFolder);
  for (const { name, isFolder } of entries) {
    const inner = isFolder ? folder.enter(name, isBeside) : null;
    if (inner) below.push({ path: pathIn(path, name), folder: inner });
    else found.files.push(...logFilesAt(path, name, folder));
  }
  tellNumbering(root, path, entries, found);
  return lastOfMany(root, below.sort(byPath), found);
}

/** Tells logs of Ray, which are at the top of its trial, how the folders of checkpoints beside them are numbered. */
function tellNumbering(root: string, path: string, entries: readonly Entry[], { files }: FoundLogs): void {
  const logs = path === '' ? files.filter(isOfRay) : [];
  const names = entries.map(({ name }) => name);
  for (const log of logs) log.numbersSaves = numbersSaves(root, names);
}

/** Its `progress.csv` has nothing that is not in `result.json`, which tells more, but may be all that was kept. */
function isOfRay({ kind, path }: LogFile, _: number, files: readonly LogFile[]): boolean {
  if (kind === 'tune-results') return true;
  return path === 'progress.csv' && !files.some((other) => other.path === 'result.json');
}

/** None for a file that is none of measurements. */
function logFilesAt(path: string, name: string, { kindOf }: LogFolder): LogFile[] {
  const kind = kindOf(name);
  return kind ? [logFileOf(path, pathIn(path, name), kind)] : [];
}

const pathIn = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

function lastOfMany(root: string, below: readonly Entered[], found: FoundLogs): Entered[] {
  const many = below.filter(({ folder }) => folder.isOneOfMany);
  found.files.push(...many.slice(0, -2).flatMap((entered) => ownFile(root, entered)));
  return [...many.slice(-2), ...below.filter(({ folder }) => !folder.isOneOfMany)];
}

/** What one that is not among the last has of its own, without listing it. */
function ownFile(root: string, { path, folder }: Entered): LogFile[] {
  if (!folder.isOneOfMany) return [];
  const { file, kind } = folder.isOneOfMany;
  const own = pathIn(path, file);
  return tryLookAt(`${root}/${own}`) === null ? [] : [logFileOf(path, own, kind)];
}

/** What is nearer to the top, and first in the order of names, counts. */
function withinBounds<T extends { path: string }>(all: readonly T[], room: number, found: FoundLogs): T[] {
  const first = all[room];
  if (first) {
    const problem = `here are more logs of measurements than are read: ${formatCount(all.length - room)} from here on do not count`;
    found.problems.push({ path: first.path, problem });
  }
  return all.slice(0, room);
}

interface Listing {
  entries: Entry[];
  /** Whether more is there than is listed. */
  isCut: boolean;
}

/** Of a run with very many names those that are fixed are asked for one by one. */
async function entriesOf(root: string, path: string): Promise<Listing> {
  const look = tryLookAt(path === '' ? root : `${root}/${path}`);
  if (look === null || look instanceof Error || look.type !== 'folder') return { entries: [], isCut: false };
  const isTop = path === '';
  const listing =
    isTop && look.size >= tooLarge ? { entries: [], isCut: true } : await listEntries(`${root}/${path}`);
  if (!isTop || !listing.isCut) return listing;
  const listed = new Set(listing.entries.map(({ name }) => name));
  const fixed = fixedEntries(root).filter(({ name }) => !listed.has(name));
  return { entries: [...listing.entries, ...fixed], isCut: true };
}

function fixedEntries(root: string): Entry[] {
  return fixedNames.flatMap((name) => {
    const look = tryLookAt(`${root}/${name}`);
    return look === null ? [] : [{ name, isFolder: 'ino' in look && look.type === 'folder' }];
  });
}

async function listEntries(path: string): Promise<Listing> {
  const entries: Entry[] = [];
  try {
    for await (const entry of await opendir(path, { bufferSize: 256 })) {
      if (entries.length >= most.names) return { entries, isCut: true };
      entries.push({ name: entry.name, isFolder: entry.isDirectory() });
    }
  } catch {
    return { entries, isCut: false };
  }
  return { entries, isCut: false };
}

/** What is of one version alone counts after what is of many. */
function ownLast(one: LogFile, other: LogFile): number {
  return Number(one.kind === 'own-state') - Number(other.kind === 'own-state') || byPath(one, other);
}

function byPath(one: { path: string }, other: { path: string }): number {
  return compareNatural(one.path, other.path);
}
