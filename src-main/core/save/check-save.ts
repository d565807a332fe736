import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, ModelValidationError } from '../errors.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { isNearlyFull } from '../files/reserve.ts';
import { assertRoom, hasRoom, margin, roomOutside, warnOfRoom } from '../files/room.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure, type Structure } from '../formats/structure.ts';
import { findTornPart } from '../integrity/torn-parts.ts';
import type { ClaimedFolder } from '../integrity/verification.ts';
import type { Writing } from '../operations/write-run.ts';

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

/** @throws ModelManagerError where there is no room for so many bytes, and none could be made */
export async function assertSpace(
  { disk, root }: Writing,
  size: number,
  makeRoom: MakeRoom = async () => undefined,
): Promise<void> {
  const room = { disk, folder: root, use: 'save' } as const;
  if (await hasRoom(room, size)) return;
  await makeRoom(size + margin);
  await assertRoom(room, size);
}

/**
 * A run that is not there yet is not made on a disk without room: a folder that nothing comes into would be left.
 * @throws ModelManagerError
 */
export async function assertRoomForRun(run: string, size: number, disk: Disk = realDisk): Promise<void> {
  if (existsSync(run)) return;
  const room = roomOutside(disk, folderAbove(run), 'save');
  await assertRoom(room, size);
  if (!isNearlyFull(room.folder)) return;
  throw new ModelManagerError(
    `no space for this save — the disk of ${escapeName(run)} is all but full — ${room.advice}`,
    { path: run },
  );
}

/** The nearest that is there. */
function folderAbove(path: string): string {
  const above = dirname(path);
  return existsSync(above) ? above : folderAbove(above);
}

/** What is worth saying of the disk after a save of so many bytes. */
export function warnOfSpace({ disk, root }: Writing, size: number): Promise<string[]> {
  return warnOfRoom({ disk, folder: root, use: 'save' }, size);
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
