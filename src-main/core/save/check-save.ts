import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, ModelValidationError } from '../errors.ts';
import { isNearlyFull } from '../files/reserve.ts';
import { formatCount } from '../formats/plain-text.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure, type Structure } from '../formats/structure.ts';
import { findTornPart } from '../integrity/torn-parts.ts';
import type { ClaimedFolder } from '../integrity/verification.ts';
import type { Writing } from '../operations/write-run.ts';

/** Bytes that stay free beside what is saved: sidecar, intent, log. */
const margin = 1 << 20;
/** Where fewer saves of the same size than this still fit, it is said. */
const fewSaves = 5;

/** Frees so many bytes where that is possible. */
type MakeRoom = (bytes: number) => Promise<void>;

/** @throws ModelValidationError where `strict_mode` makes an error of a config that cannot be used as it stands */
export function assertConfigured({ strict_mode }: StorageConfig, problems: readonly Problem[]): void {
  if (!strict_mode || problems.length === 0) return;
  const faults = problems.map(({ path, problem }) => `${path}: ${problem}`).join('; ');
  throw new ModelValidationError(
    `nothing is saved — ${faults}, and strict_mode is on — correct the config, or turn that off`,
  );
}

/** A courtesy: the disk may still fill up while it is written to. @throws ModelManagerError */
export async function assertSpace(
  { disk, root }: Writing,
  size: number,
  makeRoom: MakeRoom = async () => undefined,
): Promise<void> {
  const needed = size + margin;
  if ((await disk.freeSpace(root)) >= needed) return;
  await makeRoom(needed);
  const free = await disk.freeSpace(root);
  if (free >= needed) return;
  throw new ModelManagerError(
    `no space for this save — it needs ${formatCount(needed)} bytes, ${formatCount(free)} are free — empty the trash, or free some`,
    { path: root },
  );
}

/**
 * A run that is not there yet is not made on a disk without room: a folder that nothing comes into would be left.
 * @throws ModelManagerError
 */
export function assertRoomForRun(run: string, size: number): void {
  if (existsSync(run)) return;
  const { bavail, bsize } = statfsSync(folderAbove(run));
  const free = bavail * bsize;
  if (free >= size + margin && !isNearlyFull(folderAbove(run))) return;
  throw new ModelManagerError(
    `no run is made — the disk has no room for it: ${formatCount(free)} bytes are free — free some, or name a folder on another disk`,
    { path: run },
  );
}

/** The nearest that is there. */
function folderAbove(path: string): string {
  const above = dirname(path);
  return existsSync(above) ? above : folderAbove(above);
}

/** What is worth saying of the disk. The save is done: a disk that does not answer must not make it a failure. */
export async function warnOfSpace({ disk, root }: Writing, size: number): Promise<string[]> {
  const free = await disk.freeSpace(root).catch(() => Number.POSITIVE_INFINITY);
  const more = Math.floor(free / Math.max(1, size + margin));
  if (more >= fewSaves) return [];
  const saves = more === 0 ? 'no other save' : more === 1 ? 'one more save' : `${more} more saves`;
  return [`the disk is running low: there is room for ${saves} of this size`];
}

/**
 * What the structure of bytes says that are saved: what is broken about it, and what there is where no checkpoint is recognised, each null for
 * nothing that is known; and what is worth saying.
 */
export interface SeenContents {
  torn: string | null;
  unrecognised: string | null;
  warnings: string[];
}

/**
 * Looks at bytes that may be no whole checkpoint of a known kind; they are saved all the same.
 * @throws ModelValidationError where `strict_mode` makes that an error
 */
export async function lookAtContents({ config }: Writing, path: string, id: string): Promise<SeenContents> {
  const structure = await structureOf(path);
  const fault = faultOf(structure);
  if (fault === null) return { torn: null, unrecognised: null, warnings: [] };
  if (config.strict_mode) throw refusedStrictly(id, fault);
  const isTorn = structure?.state === 'torn';
  return {
    torn: isTorn ? fault : null,
    unrecognised: isTorn ? null : fault,
    warnings: [`it is saved as it is, though it is not recognised as a whole checkpoint: ${fault}`],
  };
}

/** {@link lookAtContents} of a version that is a folder. */
export async function lookAtFolder(
  { config }: Writing,
  { missing, ...folder }: ClaimedFolder,
  id: string,
): Promise<SeenContents> {
  const files = folder.files.filter(({ path }) => statSync(path, { throwIfNoEntry: false })?.isFile());
  const torn = missing.length > 0 ? missing.join('; ') : await findTornPart({ ...folder, missing, files });
  if (torn === null) return { torn, unrecognised: null, warnings: [] };
  if (config.strict_mode) throw refusedStrictly(id, torn);
  return { torn, unrecognised: null, warnings: [`it is saved as it is, though it is not whole: ${torn}`] };
}

/** What {@link lookAtContents} refuses, found before anything is made. @throws ModelValidationError */
export async function assertContents({ strict_mode }: StorageConfig, path: string): Promise<void> {
  const fault = strict_mode ? faultOf(await structureOf(path)) : null;
  if (fault !== null) throw refusedStrictly(path, fault);
}

function faultOf(structure: Structure | null): string | null {
  if (structure === null || (structure.state !== 'torn' && structure.format !== 'unknown')) return null;
  return structure.detail ?? structure.state;
}

function refusedStrictly(shown: string, fault: string): ModelValidationError {
  return new ModelValidationError(
    `${escapeName(shown, 400)} is not saved — ${fault}, and strict_mode is on — save a whole checkpoint, or turn that off`,
    { path: shown },
  );
}

/** Only of a file that can be opened: its bytes were hashed on the way, and are on the medium. */
async function structureOf(path: string): Promise<Structure | null> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const source = await openFileSource(path);
  try {
    return await checkStructure(source);
  } finally {
    await source.close();
  }
}
