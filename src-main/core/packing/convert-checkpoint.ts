import { resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { sameIdentity } from '../files/file-identity.ts';
import { modeOfMade } from '../files/file-mode.ts';
import type { Chunks } from '../files/stage-file.ts';
import { whileWanted } from '../files/while-wanted.ts';
import { assertNameFree, writeNewFile } from '../files/write-new-file.ts';
import type { Contents, Stop } from '../formats/contents.ts';
import { readContents } from '../formats/read-contents.ts';
import { type FileSource, longestRead } from '../formats/source.ts';
import { checkStructure, type Structure } from '../formats/structure.ts';
import { openContentCheck } from '../integrity/content-check.ts';
import { openCheckpoint, readChunks, whileRead } from './open-checkpoint.ts';
import { prepareSafetensors } from './prepare-safetensors.ts';
import { prepareTorch } from './prepare-torch.ts';
import type { Prepared, Preparing } from './prepared.ts';
import { whyNothing } from './why-nothing.ts';
import { withoutDamaged } from './without-damaged.ts';

/** A file that was written from another checkpoint; all but `path` is as {@link Prepared} has it. */
export interface Written extends Omit<Prepared, 'chunks'> {
  path: string;
  bytes: number;
  checksum: string;
  /** Of the file that it was made from. */
  sourceBytes: number;
  problems: readonly string[];
}

/** A checkpoint that is open; `damagedMember` says which bytes of it are not those that were written, null for none that is known. */
interface Opened {
  contents: Contents;
  structure: Structure;
  damagedMember: string | null;
}

/**
 * Writes what a checkpoint holds as another file, `.pt` or `.safetensors` by its name: whole or not at all, never over one that is there,
 * and without executing anything.
 * @throws UsageError for another ending, or a name that is taken; ModelManagerError for a torn or damaged file, or one with nothing that can be written;
 * the signal's reason
 */
export function convertCheckpoint(
  disk: Disk,
  path: string,
  out: string,
  { slim = false, signal }: { slim?: boolean | undefined; signal?: AbortSignal } = {},
): Promise<Written> {
  return writeAnew(disk, { path, out, signal }, ({ structure, damagedMember, contents }) => {
    // A copy would pass for sound.
    if (damagedMember !== null)
      throw new ModelManagerError(
        `cannot convert ${escapeName(path)} — ${damagedMember} — restore it from a backup; cairn repair writes it as it is, marked`,
        { path },
      );
    if (structure.state === 'torn')
      throw new ModelManagerError(
        `cannot convert ${escapeName(path)} — ${structure.detail} — ${whatIsLeft(contents)}`,
        { path },
      );
    const { stopped } = contents;
    if (stopped?.state === 'torn')
      throw new ModelManagerError(
        `cannot convert ${escapeName(path)} — ${stopped.why} — ${whatIsLeft(contents)}`,
        { path },
      );
    if (stopped)
      throw new ModelManagerError(
        `cannot convert ${escapeName(path)} — ${notAllLookedAt(stopped)} — ${saveAnew}`,
        { path },
      );
    return { slim };
  });
}

function notAllLookedAt({ why }: Stop): string {
  return `not all of it is looked at, and a copy would lack the rest: ${why}`;
}

const saveAnew = 'load it in Python, and save anew what you want of it';

function whatIsLeft({ tensors }: Contents): string {
  const isAny = tensors.some(({ data }) => data !== null);
  return isAny
    ? 'cairn repair writes what is left of it'
    : 'there is nothing of it to write: get the file anew';
}

/** The key under which a repaired file says that it is one. */
export const repairKey = 'cairn_repair';

/**
 * Writes what a torn or damaged checkpoint still holds as a whole file, which says of itself, under {@link repairKey}, what it was made from.
 * @throws UsageError where nothing is wrong with it
 */
export function repairCheckpoint(
  disk: Disk,
  path: string,
  out: string,
  signal?: AbortSignal,
): Promise<Written> {
  return writeAnew(disk, { path, out, signal }, ({ structure, damagedMember, contents }, name) => {
    const { stopped } = contents;
    const isTorn = structure.state === 'torn' || damagedMember !== null;
    if (!isTorn && stopped?.state === 'unknown')
      throw new ModelManagerError(
        `cannot repair ${escapeName(path)} — nothing is known to be wrong with it, but ${notAllLookedAt(stopped)} — ${saveAnew}`,
        { path },
      );
    if (structure.state === 'whole' && !isTorn && !stopped)
      throw new UsageError(
        `cannot repair ${escapeName(path)} — nothing of it is missing — cairn convert writes it in another format`,
        { path },
      );
    return { mark: { key: repairKey, note: { from: name, problems: [...contents.problems] } } };
  });
}

interface Call {
  path: string;
  out: string;
  signal: AbortSignal | undefined;
}

async function writeAnew(
  disk: Disk,
  { path, out, signal }: Call,
  judge: (opened: Opened, name: string) => Omit<Preparing, 'path'>,
): Promise<Written> {
  const target = resolve(out);
  const prepare = writerOf(target);
  await assertNameFree(disk, target);
  const source = await openCheckpoint(path);
  try {
    const opened = await whileRead(path, () => lookInto(source, signal));
    const preparing = { path, ...judge(opened, source.name) };
    const contents = preparing.mark
      ? await whileRead(path, () => withoutDamaged(opened.contents))
      : opened.contents;
    const prepared = prepare(contents, preparing);
    if (prepared === null)
      throw new ModelManagerError(`cannot write anything of ${escapeName(path)} — ${whyNothing(contents)}`, {
        path,
      });
    const { chunks, tensors, leftOut } = prepared;
    const mode = modeOfMade(source.mode);
    const whole = readChunks(path, ofOneFile(source, chunks, signal));
    const { size, checksum } = await writeNewFile(disk, target, whole, mode);
    const { problems } = contents;
    return { path: target, tensors, bytes: size, checksum, leftOut, sourceBytes: source.size, problems };
  } finally {
    await source.close();
  }
}

/** Reads all of it: only its own checksums tell whether its bytes are those that were written. */
async function lookInto(source: FileSource, signal: AbortSignal | undefined): Promise<Opened> {
  const structure = await checkStructure(source);
  const contents = await readContents(source);
  const check = await openContentCheck(source, structure);
  if (!check) return { structure, contents, damagedMember: null };
  for (let at = 0; at < source.size; at += longestRead) {
    signal?.throwIfAborted();
    await check.update(await source.read(at, Math.min(longestRead, source.size - at)), at);
  }
  const { damagedMember } = await check.finish();
  const problems = damagedMember === null ? contents.problems : [...contents.problems, damagedMember];
  return { structure, contents: { ...contents, problems }, damagedMember };
}

function writerOf(target: string): typeof prepareTorch {
  if (/\.(pt|pth)$/.test(target)) return prepareTorch;
  if (target.endsWith('.safetensors')) return prepareSafetensors;
  throw new UsageError(
    `cannot write ${escapeName(target)} — its ending is neither .pt nor .safetensors — name it by what it shall be`,
    { path: target },
  );
}

/** Half of one checkpoint and half of another would be none: the last chunk is followed by a look at the file. */
async function* ofOneFile(
  source: FileSource,
  chunks: Chunks,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  yield* whileWanted(chunks, signal);
  if (!sameIdentity(await source.look(), source.opened))
    throw new ModelManagerError(
      `${escapeName(source.name)} changed while it was read — it is still being written — try again once it is whole`,
    );
}
