import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { z } from 'zod';
import type { Disk } from '../files/disk.ts';
import { fewLinesIn } from '../files/lines-in.ts';
import { readText } from '../files/read-text.ts';
import { appendText, replaceText } from '../files/write-text.ts';
import { isKept, type Operation, ownFolder } from '../operations/operation.ts';
import { operationsInTrash } from './operations-in-trash.ts';
import { readRecords } from './read-trash-records.ts';

/** What a save asks of every operation in the trash: `bytes` the most it holds, `names` those of its files, one for a model and its sidecar, and of its folders. */
export interface KnownOperation {
  id: string;
  number: number;
  automatic: boolean;
  at: string;
  bytes: number;
  names: readonly string[];
}

const knownSchema = z.strictObject({
  id: z.string(),
  number: z.number(),
  automatic: z.boolean(),
  at: z.string(),
  bytes: z.number(),
  names: z.array(z.string()),
});

const fileName = 'trash-index.jsonl';
const limit = 256 * 1024 * 1024;
/** Lines of operations that are gone are left in the file until they are this many, and more than those that count. */
const slack = 1000;
/** No trash has as many operations: of a file with more lines nothing is believed. */
const mostLines = 1_000_000;
const sumLength = 16;

/** By run. A record is written once and never changed, so what is known of an operation stays true while the trash has it. */
const remembered = new WeakMap<Disk, Map<string, Map<string, KnownOperation>>>();

/**
 * The operations in the trash, and the ids of those whose record cannot be used. With thousands of them a save must not open every
 * record: what they say is kept in `.cairn/trash-index.jsonl`. That is a cache: it may be deleted at any time, a line of it that
 * is damaged counts for nothing, and nothing is deleted or brought back by it alone.
 * @throws system errors as they are
 */
export async function knownOperations(
  disk: Disk,
  root: string,
): Promise<{ operations: KnownOperation[]; unknown: string[] }> {
  const ids = await operationsInTrash(disk, root);
  const known = rememberedOf(disk, root);
  const missing = ids.filter((id) => !known.has(id));
  const fresh: KnownOperation[] = [];
  for (const [id, operation] of await readRecords(disk, root, missing)) {
    const told = tellOf(operation);
    fresh.push(told);
    known.set(id, told);
  }
  remember(root, known, fresh, ids);
  const operations: KnownOperation[] = [];
  const unknown: string[] = [];
  for (const id of ids) {
    const operation = known.get(id);
    if (operation) operations.push(operation);
    else unknown.push(id);
  }
  return { operations, unknown };
}

function tellOf({ id, number, automatic, at, bytes, steps, folders = [] }: Operation): KnownOperation {
  const paths = steps.flatMap(({ from, to, keep }) => (isKept(to) ? [from] : keep === null ? [] : [to]));
  const byStem = new Map(paths.map((path) => [stemOf(path), path]));
  const names = [...byStem.values(), ...folders].map((path) => posix.basename(path));
  return { id, number, automatic, at, bytes, names };
}

function stemOf(path: string): string {
  return path.slice(0, path.length - posix.extname(path).length);
}

function rememberedOf(disk: Disk, root: string): Map<string, KnownOperation> {
  const runs = remembered.get(disk) ?? new Map<string, Map<string, KnownOperation>>();
  const known = runs.get(root) ?? readIndex(root);
  remembered.set(disk, runs.set(root, known));
  return known;
}

function remember(
  root: string,
  known: Map<string, KnownOperation>,
  fresh: readonly KnownOperation[],
  ids: readonly string[],
): void {
  try {
    if (known.size > 2 * ids.length + slack) {
      const there = new Set(ids);
      for (const id of known.keys()) if (!there.has(id)) known.delete(id);
      replaceText(pathOf(root), toLines([...known.values()]));
    } else if (fresh.length > 0) appendText(pathOf(root), toLines(fresh));
  } catch {
    // Where it cannot be written, records are read again.
  }
}

function pathOf(root: string): string {
  return join(root, ownFolder, fileName);
}

function toLines(operations: readonly KnownOperation[]): string {
  return operations
    .map((operation) => JSON.stringify(operation))
    .map((text) => `${sumOf(text)} ${text}\n`)
    .join('');
}

function readIndex(root: string): Map<string, KnownOperation> {
  try {
    const lines = fewLinesIn(readText(pathOf(root), limit), mostLines) ?? [];
    return new Map(lines.flatMap(parseLine).map((operation) => [operation.id, operation]));
  } catch {
    return new Map();
  }
}

/** Enough to tell a line that was damaged. */
function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, sumLength);
}

function parseLine(line: string): KnownOperation[] {
  const text = line.slice(sumLength + 1);
  if (text === '' || line !== `${sumOf(text)} ${text}`) return [];
  try {
    return [knownSchema.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
