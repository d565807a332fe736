import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isRunPath } from './run-path.ts';

/** What an operation did to a run, as `cairn log` and `cairn trash` name it. */
export const operationKinds = ['save', 'prune', 'trash', 'restore', 'undo', 'benchmark'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** A path below the run, with `/`; it may come from a file, so nothing that could lead out of the run is one. */
export const runPathSchema = z.string().refine((path) => isRunPath(path), 'not a path inside the run');

/**
 * One file that changes its name. `inode`, `size` (bytes) and `mtime` (milliseconds) tell it from any other, and from itself
 * once somebody wrote to it. `over` is the inode of the file whose name it takes, `replaced` the rest of what tells that one,
 * `keep` where in the trash it goes; both null when the name is free. Records of older versions have no times. `whole`: it is a folder with
 * all that is in it, `size` and `mtime` are those of {@link lookAtWhole}.
 */
export const stepSchema = z
  .strictObject({
    from: runPathSchema,
    to: runPathSchema,
    inode: z.number(),
    size: z.number(),
    mtime: z.number().optional(),
    over: z.number().nullable(),
    replaced: z.strictObject({ size: z.number(), mtime: z.number() }).optional(),
    keep: runPathSchema.nullable(),
    whole: z.literal(true).optional(),
  })
  .refine(({ over, keep }) => (keep === null ? over === null : over !== null && isKept(keep)), {
    error: 'what is replaced is kept in the trash',
  });
export type Step = z.infer<typeof stepSchema>;

/** A folder by its path in the run, with its permission bits. */
export const folderModeSchema = z.strictObject({
  path: runPathSchema,
  mode: z.int().min(0).max(0o777),
});
export type FolderMode = z.infer<typeof folderModeSchema>;

const listedLineSchema = z.strictObject({ at: z.int().min(0), line: z.string().regex(/^[^\n]+$/) });

/**
 * A change of a run that happens wholly or not at all: its steps are on the medium before the first is taken. `number`
 * orders operations whatever the clock says; `versions` are ids; `bytes` is what the trash holds of it. `folders` are those of versions that
 * are folders, or were made for one: they go where nothing is left in them, but for those in `made`, which come to be by it, outer ones
 * first, whether anything is put into them or not. A folder that is in no record gets the permission bits that all have by default. `unlisted` and `listed` are
 * lines of `SHA256SUMS` about files that it moves away or replaces, and about those that it brings: they go, and come, before its record ends.
 */
const operationSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[\w-]{1,64}$/),
  number: z.number().int(),
  kind: z.enum(operationKinds),
  at: z.string(),
  who: z.string(),
  reason: z.string(),
  automatic: z.boolean(),
  versions: z.array(z.string()),
  bytes: z.number(),
  steps: z.array(stepSchema),
  folders: z.array(runPathSchema).optional(),
  made: z.array(folderModeSchema).optional(),
  unlisted: z.array(listedLineSchema).optional(),
  listed: z.array(listedLineSchema).optional(),
});
export type Operation = z.infer<typeof operationSchema>;

const recordSchema = operationSchema.extend({ checksum: z.string().optional() });

/** The record of an operation as a file: with a checksum of itself, so that no bit of it flips unnoticed. */
export function recordText(operation: Operation): string {
  return textOf(operationSchema.parse(operation));
}

/** @param ordered with its keys in the order of the schema */
function textOf(ordered: Operation): string {
  return JSON.stringify({ ...ordered, checksum: checksumOf(ordered) });
}

/**
 * Records of older versions have no checksum.
 * @throws where it is not, to the byte, the record of that operation
 */
export function parseOperation(text: string, id: string): Operation {
  const { checksum, ...operation } = recordSchema.parse(JSON.parse(text));
  if (operation.id !== id) throw new Error(`it is the record of ${operation.id}`);
  if (checksum !== undefined && textOf(operation) !== text) throw new Error('it is not what was written');
  return operation;
}

function checksumOf(operation: Operation): string {
  return createHash('sha256').update(JSON.stringify(operation)).digest('hex');
}

export const ownFolder = '.cairn';
export const intentFolder = `${ownFolder}/intents`;
export const trashFolder = `${ownFolder}/trash`;

/** A name for an operation that sorts by time and is taken by no other. */
export function newOperationId(at: Date): string {
  const time = at.toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
}

/** Below what folder the trash keeps files of the run for an operation, each under its path. */
export function keptFilesFolder(operationId: string): string {
  return `${trashFolder}/${operationId}/files`;
}

/** Where the trash keeps a file of the run for an operation. */
export function keptPath(operationId: string, path: string): string {
  return `${keptFilesFolder(operationId)}/${path}`;
}

/** The path in the run of what the trash keeps for an operation; null for a path elsewhere. */
export function pathOfKept(operationId: string, path: string): string | null {
  const start = `${keptFilesFolder(operationId)}/`;
  return path.startsWith(start) ? path.slice(start.length) : null;
}

/** The path that a file has in the run, or had there before it came to the trash. */
export function pathInRun(path: string): string {
  return isKept(path) ? path.replace(/^([^/]+\/){4}/, '') : path;
}

/** Whether a path is in the trash. */
export function isKept(path: string): boolean {
  return path.startsWith(`${trashFolder}/`);
}

/** The names that steps take and give. */
export function namesOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ from, to }) => [from, to]);
}

/** The bytes of what steps put into the trash. */
export function bytesKept(steps: readonly Step[]): number {
  return steps.reduce((sum, { to, size, replaced }) => sum + (isKept(to) ? size : (replaced?.size ?? 0)), 0);
}
