import { explainIssue } from '../../../shared/model/explain-issue.ts';
import {
  defaultStorageConfig,
  type StorageConfig,
  storageConfigSchema,
} from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ownFolder } from '../operations/operation.ts';
import type { StorageBlock } from './find-storage-block.ts';
import { formatTimestamp, formatVersion } from './format-python.ts';
import { whyNoName } from './why-no-name.ts';

/** The usable values of a block by key, and a sentence for each other one, which begins with the key. */
export interface CheckedBlock {
  values: Partial<StorageConfig>;
  faults: string[];
  /** What is told of the values that cannot be used, by key. */
  refused: ReadonlyMap<string, string>;
}

const folderKeys = ['checkpoint_dir', 'best_models_dir', 'temp_dir'] as const;
const knownKeys = Object.keys(defaultStorageConfig);

/** Looks at every key and value. A key that is not known is a fault where the block holds nothing else, or where it is a slip. */
export function checkStorageBlock({ values, named }: Pick<StorageBlock, 'values' | 'named'>): CheckedBlock {
  const given = [...values];
  const known = given.filter(([key]) => knownKeys.includes(key));
  const unknown = given.flatMap(([key]) => explainUnknown(key, named, values));
  const refused = new Map(
    known.flatMap(([key, value]) =>
      refuse(key, value, values).map((why) => [key, `${show(value)} ${why}`] as const),
    ),
  );
  return {
    values: Object.fromEntries(known.filter(([key]) => !refused.has(key))),
    faults: [...unknown, ...Array.from(refused, ([key, told]) => `${key}: ${told}`)],
    refused,
  };
}

function explainUnknown(key: string, named: boolean, values: ReadonlyMap<string, unknown>): string[] {
  if (knownKeys.includes(key) || key.startsWith('_')) return [];
  const meant = knownKeys.find((other) => !values.has(other) && isNear(key, other));
  if (meant === undefined) return named ? [`${escapeName(key)}: there is no such key`] : [];
  return [`${escapeName(key)}: there is no such key, ${meant} is one`];
}

function refuse(key: string, value: unknown, values: StorageBlock['values']): string[] {
  if (typeof value === 'string' && /\$\{|^\?\?\?$/.test(value))
    return ['is an interpolation, which is shown and not resolved'];
  const place = refusePlace(key, value, values);
  if (place !== null) return [place];
  const schema = storageConfigSchema.shape[key as keyof StorageConfig];
  const issue = schema.safeParse(value, { error: explainIssue }).error?.issues[0];
  if (issue) return [`cannot be used (it ${issue.message})`];
  return refuseFormat(key, value);
}

/** Of a value that is part of a path. */
function refusePlace(key: string, value: unknown, values: StorageBlock['values']): string | null {
  if (isPartOfName(key, value)) return refuseName(value);
  if (key === 'backup_suffix' && /[/\\]/.test(String(value))) return 'leads to another folder: refused';
  if (!folderKeys.some((folder) => folder === key) || typeof value !== 'string') return null;
  if (!staysInside(value)) return 'is a folder outside the run: refused';
  if (isOwn(value)) return 'is a folder that Cairn keeps its own records in: refused';
  return key === 'temp_dir' ? refuseTemp(value, values) : null;
}

/** Names of files are made of it. Best models may begin with their number. */
function isPartOfName(key: string, value: unknown): value is string {
  if (typeof value !== 'string') return false;
  return key === 'checkpoint_name' || (key === 'model_prefix' && value !== '');
}

function refuseName(value: string): string | null {
  const reason = whyNoName(value);
  return reason === null ? null : `cannot be used (${reason})`;
}

/** What is in the temp folder may be cleared away. */
function refuseTemp(value: unknown, values: StorageBlock['values']): string | null {
  const parts = partsOf(value);
  if (parts.length === 0) return 'is the run itself: refused';
  const isSame = (key: 'checkpoint_dir' | 'best_models_dir') =>
    partsOf(values.get(key) ?? defaultStorageConfig[key]).join('/') === parts.join('/');
  const taken = (['checkpoint_dir', 'best_models_dir'] as const).find(isSame);
  return taken === undefined ? null : `is where ${taken} keeps versions: refused`;
}

/** Formats are tried: one that fails only at the first save comes too late. */
function refuseFormat(key: string, value: unknown): string[] {
  try {
    if (key === 'version_format') formatVersion(String(value), 1);
    if (key === 'timestamp_format') formatTimestamp(String(value), new Date());
    return [];
  } catch (error) {
    return [`cannot be used (${(error as Error).message.split(' — ')[1] ?? 'it is no format'})`];
  }
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'a list or mapping' : escapeName(String(value));
}

/** Whether a configured folder is a relative path that does not climb. */
function staysInside(folder: unknown): boolean {
  if (typeof folder !== 'string' || folder.includes('\0') || /^(?:[/\\]|[A-Za-z]:)/.test(folder))
    return false;
  return !folder.split(/[/\\]/).includes('..');
}

/** Whether it is Cairn's own folder, or below it. */
function isOwn(folder: unknown): boolean {
  return partsOf(folder)[0]?.toLowerCase() === ownFolder;
}

/** None for the run itself. */
function partsOf(folder: unknown): string[] {
  return String(folder)
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.');
}

/** Whether two slips of the finger at most lie between two keys. */
function isNear(a: string, b: string): boolean {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const letter of a) row = nextRow(row, letter, b);
  return (row.at(-1) ?? 0) <= 2;
}

/** A row of Levenshtein's table. */
function nextRow(row: readonly number[], letter: string, other: string): number[] {
  const next = [(row[0] ?? 0) + 1];
  for (const [index, above] of row.slice(1).entries()) {
    const diagonal = (row[index] ?? 0) + (other[index] === letter ? 0 : 1);
    next.push(Math.min(diagonal, above + 1, (next[index] ?? 0) + 1));
  }
  return next;
}
