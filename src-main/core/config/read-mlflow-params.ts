import { type Dirent, opendirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { defaultStorageConfig as naming } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { readText } from '../files/read-text.ts';

/** How far is gone, and what is read; a value has 6,000 characters at most. mlflow/utils/validation.py */
const most = { above: 8, runs: 200, params: 1000, depth: 3, bytes: 24_000 };

const modelRoles: ReadonlySet<string> = new Set(['model', 'part']);

/**
 * What MLflow keeps in `mlruns/EXPERIMENT/RUN/params/NAME` of how a checkpoint was trained: of the run whose artifact it is, else of the only run
 * in an `mlruns` beside it, or beside the folder that it is in where no other folder there holds models; null for nothing. No link is followed.
 * Never throws. May look at thousands of names: see {@link mayHaveMlflow}. mlflow/store/tracking/file_store.py
 */
export function readMlflowParams(file: string): JsonObject | null {
  const folder = paramsOfArtifact(file) ?? paramsBeside(file);
  if (folder === null) return null;
  const params = new Map<string, Json>();
  addParams(folder, '', params);
  return params.size === 0 ? null : Object.fromEntries(params);
}

/** `mlruns/EXPERIMENT/RUN/artifacts/…`, or `mlartifacts/EXPERIMENT/RUN/artifacts/…` of a server that keeps `mlruns` beside it. */
function paramsOfArtifact(file: string): string | null {
  let folder = dirname(file);
  for (let above = 0; above < most.above && basename(folder) !== 'artifacts'; above += 1)
    folder = dirname(folder);
  if (basename(folder) !== 'artifacts') return null;
  const run = dirname(folder);
  const experiment = dirname(run);
  const served = join(dirname(dirname(experiment)), 'mlruns', basename(experiment), basename(run));
  return [run, served].map(paramsOf).find((found) => found !== null) ?? null;
}

/** Whether there is a place where {@link readMlflowParams} would look; costs a few looks. Never throws. */
export function mayHaveMlflow(file: string): boolean {
  return paramsOfArtifact(file) !== null || storeBeside(file) !== null;
}

function paramsBeside(file: string): string | null {
  const store = storeBeside(file);
  if (store === null || (dirname(store) !== dirname(file) && hasSiblings(dirname(file)))) return null;
  const [only, another] = paramsIn(store);
  return only === undefined || another !== undefined ? null : only;
}

function storeBeside(file: string): string | null {
  const folder = dirname(file);
  return [folder, dirname(folder)].map((each) => join(each, 'mlruns')).find(isFolder) ?? null;
}

/** Those of its runs, one after another. */
function* paramsIn(store: string): Generator<string> {
  for (const experiment of foldersIn(store))
    for (const run of foldersIn(experiment)) {
      const params = paramsOf(run);
      if (params !== null) yield params;
    }
}

function foldersIn(path: string): string[] {
  const folders = entriesOf(path, most.runs).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => (name.startsWith('.') || name === 'models' ? [] : join(path, name)));
}

const ofMlflow: ReadonlySet<string> = new Set(['mlruns', 'mlartifacts']);

/** Whether other folders beside this one hold models, in them or in their folders: one run of MLflow is not that of all. Where there are too many to tell, they do. */
function hasSiblings(folder: string): boolean {
  const entries = entriesOf(dirname(folder), most.runs);
  const others = entries.filter(({ name }) => name !== basename(folder) && !ofMlflow.has(name));
  return entries.length === most.runs || others.some((entry) => holdsModels(dirname(folder), entry, 2));
}

function holdsModels(parent: string, entry: Dirent, depth: number): boolean {
  if (!entry.isDirectory() || depth === 0) return false;
  const path = join(parent, entry.name);
  const inside = entriesOf(path, most.runs);
  const isModel = (each: Dirent) => each.isFile() && modelRoles.has(classifyName(each.name, naming).role);
  return inside.some((each) => isModel(each) || holdsModels(path, each, depth - 1));
}

function paramsOf(run: string): string | null {
  const folder = join(run, 'params');
  return isFolder(folder) ? folder : null;
}

/** A name may have `/` in it, and is in folders then. */
function addParams(folder: string, prefix: string, params: Map<string, Json>): void {
  const entries = entriesOf(folder, most.params - params.size);
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`;
    const value = entry.isFile() ? valueIn(join(folder, entry.name)) : null;
    if (value !== null) params.set(name, value);
  }
  if (prefix.split('/').length > most.depth) return;
  for (const { name } of entries.filter((entry) => entry.isDirectory()))
    addParams(join(folder, name), `${prefix}${name}/`, params);
}

/** What Python prints for these stands for them. */
const words = new Map<string, Json>([
  ['None', null],
  ['', null],
  ['True', true],
  ['False', false],
]);

/** Texts are all that there is; what Python prints for a number counts as one. */
function valueIn(path: string): Json {
  try {
    const text = readText(path, most.bytes).trim();
    const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
    return words.has(text) ? (words.get(text) ?? null) : isNumber ? Number(text) : text;
  } catch {
    return null;
  }
}

/** Some of what is in a folder; none where it cannot be listed. */
function entriesOf(path: string, most: number): Dirent[] {
  const entries: Dirent[] = [];
  try {
    const opened = opendirSync(path);
    for (let entry = opened.readSync(); entry && entries.length < most; entry = opened.readSync())
      entries.push(entry);
    opened.closeSync();
  } catch {
    // What was listed so far counts.
  }
  return entries;
}

function isFolder(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && !(look instanceof Error) && look.type === 'folder';
}
