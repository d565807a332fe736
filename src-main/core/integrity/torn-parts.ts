import { readFile } from 'node:fs/promises';
import { parseJson } from '../catalog/parse-json.ts';
import { explainError } from '../files/error-code.ts';
import { type FileStatus, isFile, tryLookAt } from '../files/file-identity.ts';
import { isUnreadableName, tellNoFile } from '../files/tell-no-file.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure, type Structure } from '../formats/structure.ts';
import type { ClaimedFolder } from './verification.ts';

/** Files whose structure can tell that they are torn; those with the first endings have one that is known, or are none. */
const sure = /\.(?:pt|pth|ckpt|safetensors|zip|keras)$/i;
const likely = /\.(?:bin|pkl|pickle|h5|hdf5|npz|npy|msgpack|gguf|onnx)$|(?:^|\/)\.metadata$/i;
/** Files that are JSON, or are broken. */
const json = /\.json$|(?:^|\/)_(?:CHECKPOINT_)?METADATA$/i;
/** Files that may well hold nothing: marks and texts. */
const mayBeEmpty = /\.(?:txt|md|log|lock|done|py|csv)$|(?:^|\/)(?:_SUCCESS|\.(?!metadata$)[^/]*)$/i;
const empty = 'an empty file (0 bytes)';
/** So many files of a folder are looked into where they are not read whole, and so much of JSON, in bytes. */
const most = { files: 200, json: 16 * 1024 * 1024 };

/** A file of a version that is a folder. */
interface Part {
  name: string;
  path: string;
  size: number;
  structure: Structure;
}

/** What is wrong with a file of a version that is a folder, in words; null where nothing can be told: most are of no format that is known here. @throws I/O errors */
export async function faultOfPart({ name, path, size, structure }: Part): Promise<string | null> {
  if (size === 0) return mayBeEmpty.test(name) ? null : empty;
  if (isTorn(name, structure)) return structure.detail ?? 'its structure is broken';
  return json.test(name) && size <= most.json && !(await isJson(path)) ? 'it cannot be read as JSON' : null;
}

function isTorn(name: string, { state, format }: Structure): boolean {
  if (sure.test(name)) return state === 'torn' || format === 'unknown';
  return likely.test(name) && state === 'torn';
}

async function isJson(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8');
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

/** What is in a version that is a folder and cannot be read, with its name, and what to do; null for nothing: what went meanwhile is not in it. */
export function findOddPart({ files }: ClaimedFolder): string | null {
  for (const { name, path } of files) {
    const look = tryLookAt(path);
    if (look instanceof Error) return `${name}: ${explainError(look)}`;
    const isGone = look === null && !isUnreadableName(name);
    if (look?.type !== 'file' && !isGone) return `${name}: ${tellOddPart(look, name)}`;
  }
  return null;
}

/** Why what is no file, or is not there, cannot be read, and what to do. */
export function tellOddPart(look: FileStatus | null, name: string): string {
  const { is, fix } = tellNoFile(look, name);
  return `it is ${is}: ${fix}`;
}

/** What is wrong with the first file that is torn, with its name; null where none is. @throws I/O errors */
export async function findTornPart({ files }: ClaimedFolder): Promise<string | null> {
  const emptied = files.find(({ name, path }) => !mayBeEmpty.test(name) && isEmpty(path));
  if (emptied) return `${emptied.name}: ${empty}`;
  const telling = files.filter(({ name }) => [sure, likely, json].some((names) => names.test(name)));
  for (const { name, path } of telling.slice(0, most.files)) {
    const source = await openFileSource(path);
    try {
      const { size } = source;
      const fault = await faultOfPart({ name, path, size, structure: await checkStructure(source) });
      if (fault !== null) return `${name}: ${fault}`;
    } finally {
      await source.close();
    }
  }
  return null;
}

function isEmpty(path: string): boolean {
  const look = tryLookAt(path);
  return isFile(look) && look.size === 0;
}
