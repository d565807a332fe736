import { resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { sameIdentity } from '../files/file-identity.ts';
import { modeOfMade } from '../files/file-mode.ts';
import type { Chunks, Reading } from '../files/stage-file.ts';
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

/** What would be written of a checkpoint, as {@link Prepared} has it. */
export interface ForeseenAnew extends Omit<Prepared, 'chunks'> {
  /** Of the file that it is made from. */
  sourceBytes: number;
  problems: readonly string[];
}

/** A file that was written from another checkpoint. */
export interface Written extends ForeseenAnew {
  path: string;
  bytes: number;
  checksum: string;
}

/** Whether a sound checkpoint is written in another form, without its optimizer where it is `slim`, or what a torn or damaged one still holds. */
export interface Anew {
  act: 'convert' | 'repair';
  slim?: boolean | undefined;
}

/** How who has a checkpoint written anew follows that, and ends it: bytes that were read to look into it, then those that are written. */
export type Following = Pick<Reading, 'signal' | 'onBytes'>;

/** A checkpoint that is open; `damagedMember` says which bytes of it are not those that were written, null for none that is known. */
interface Opened {
  contents: Contents;
  structure: Structure;
  damagedMember: string | null;
}

/**
 * Writes a checkpoint anew, as `.pt` or `.safetensors` by the name of the new file: whole or not at all, never over one that is there,
 * and without executing anything. What is repaired says of itself, under {@link repairKey}, what it was made from.
 * @throws UsageError for another ending, a name that is taken, or one to repair with which nothing is wrong; ModelManagerError for one to convert that is
 * torn or damaged, or one with nothing that can be written; the signal's reason
 */
export async function writeAnew(
  disk: Disk,
  path: string,
  out: string,
  anew: Anew,
  following: Following = {},
): Promise<Written> {
  const target = resolve(out);
  writerOf(target);
  await assertNameFree(disk, target);
  return whilePrepared(path, target, anew, following, async (source, { chunks, ...told }) => {
    const whole = readChunks(path, ofOneFile(source, counted(chunks, following.onBytes), following.signal));
    const { size, checksum } = await writeNewFile(disk, target, whole, modeOfMade(source.mode));
    return { ...told, path: target, bytes: size, checksum };
  });
}

/** What {@link writeAnew} would write to a file of that ending. Writes nothing. @throws what that throws */
export function foreseeAnew(
  path: string,
  ending: '.pt' | '.safetensors',
  anew: Anew,
  following: Following = {},
): Promise<ForeseenAnew> {
  return whilePrepared(path, ending, anew, following, async (_source, { chunks: _, ...told }) => told);
}

/** What is in the way of writing it anew in that way; else how that is prepared. @throws UsageError, ModelManagerError */
function judge(
  opened: Opened,
  path: string,
  name: string,
  { act, slim = false }: Anew,
): Omit<Preparing, 'path'> {
  if (act === 'convert') {
    assertSound(opened, path);
    return { slim };
  }
  assertUnsound(opened, path);
  return { mark: { key: repairKey, note: { from: name, problems: [...opened.contents.problems] } } };
}

function assertSound({ structure, damagedMember, contents }: Opened, path: string): void {
  const refuse = (why: string, mend: string) =>
    new ModelManagerError(`cannot convert ${escapeName(path)} — ${why} — ${mend}`, { path });
  // A copy would pass for sound.
  if (damagedMember !== null)
    throw refuse(damagedMember, 'restore it from a backup; cairn repair writes it as it is, marked');
  if (structure.state === 'torn') throw refuse(`${structure.detail}`, whatIsLeft(contents));
  const { stopped } = contents;
  if (stopped?.state === 'torn') throw refuse(stopped.why, whatIsLeft(contents));
  if (stopped) throw refuse(notAllLookedAt(stopped), saveAnew);
}

function assertUnsound({ structure, damagedMember, contents: { stopped } }: Opened, path: string): void {
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

async function whilePrepared<T>(
  path: string,
  target: string,
  anew: Anew,
  following: Following,
  use: (source: FileSource, prepared: Prepared & ForeseenAnew) => Promise<T>,
): Promise<T> {
  const source = await openCheckpoint(path);
  try {
    const opened = await whileRead(path, () => lookInto(source, following));
    const preparing = { path, ...judge(opened, path, source.name, anew) };
    const contents = preparing.mark
      ? await whileRead(path, () => withoutDamaged(opened.contents))
      : opened.contents;
    const prepared = writerOf(target)(contents, preparing);
    if (prepared === null)
      throw new ModelManagerError(`cannot write anything of ${escapeName(path)} — ${whyNothing(contents)}`, {
        path,
      });
    return await use(source, { ...prepared, sourceBytes: source.size, problems: contents.problems });
  } finally {
    await source.close();
  }
}

/** Reads all of it: only its own checksums tell whether its bytes are those that were written. */
async function lookInto(source: FileSource, { signal, onBytes }: Following): Promise<Opened> {
  const structure = await checkStructure(source);
  const contents = await readContents(source);
  const check = await openContentCheck(source, structure);
  signal?.throwIfAborted();
  if (!check) {
    onBytes?.(source.size);
    return { structure, contents, damagedMember: null };
  }
  for (let at = 0; at < source.size; at += longestRead) {
    signal?.throwIfAborted();
    const bytes = await source.read(at, Math.min(longestRead, source.size - at));
    await check.update(bytes, at);
    onBytes?.(bytes.length);
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

async function* counted(chunks: Chunks, onBytes: Following['onBytes']): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    onBytes?.(chunk.length);
  }
}
