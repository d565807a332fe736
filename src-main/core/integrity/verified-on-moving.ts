import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { identityOfFolder, identityOfSet } from '../catalog/identity-of-folder.ts';
import { isOneFile, setsAmong } from '../catalog/sets-in-folders.ts';
import { innerFolderOf, namesInside } from '../catalog/version-folders.ts';
import type { Disk } from '../files/disk.ts';
import {
  type FileIdentity,
  type FileStatus,
  identityOf,
  sameIdentity,
  tryLookAt,
} from '../files/file-identity.ts';
import { MoveWitness, type WitnessedMove } from '../files/move-witness.ts';
import { pathInRun } from '../operations/operation.ts';
import type { Verification, Verifications } from './verification.ts';

type Move = WitnessedMove<Verification | null>;

/** The run in which it did, with the moves by the names that files had before. */
interface MovedIn {
  root: string;
  config: StorageConfig;
  moves: ReadonlyMap<string, Move>;
  folders: ReadonlyMap<string, FileStatus>;
}

/** What tells the state of all files of a version before they moved, and after; null where not all of them did, untouched. */
type Identities = Record<'before' | 'after', FileIdentity | null> | null;

/**
 * What was found out about versions, by the names that Cairn gives their files, in the trash too. Only where nobody touches them from then
 * on: their change times tell it, which the moves alone may change.
 */
export class VerifiedOnMoving {
  readonly #witness: MoveWitness<Verification | null>;
  readonly #root: string;
  readonly #config: StorageConfig;

  constructor(disk: Disk, root: string, config: StorageConfig, verifications: Verifications) {
    this.#witness = new MoveWitness(disk, (path) => verifications.get(path.slice(root.length + 1)));
    this.#root = root;
    this.#config = config;
  }

  /** The disk on which files are moved. */
  get disk(): Disk {
    return this.#witness.disk;
  }

  /** Of all that moved since this was last asked; to be asked while the run's lock is held. */
  take(): Verification[] {
    const taken = this.#witness.take();
    const moves = new Map(taken.moves.map((move) => [move.from, move]));
    const run = { root: this.#root, config: this.#config, moves, folders: taken.folders };
    return taken.moves.flatMap((move) => {
      if (!move.known) return [];
      const id = move.to.slice(run.root.length + 1);
      return asMoved({ ...move.known, id }, identitiesOf(move, run));
    });
  }
}

/** None where nothing of it is of the files as they were. */
function asMoved(known: Verification, identities: Identities): Verification[] {
  if (!identities?.before || !identities.after) return [];
  const { before, after } = identities;
  const nowOf = (identity: FileIdentity | null = null) =>
    identity && sameIdentity(before, identity) ? identityOf(after) : null;
  const [read, measured] = [nowOf(known.identity), nowOf(known.weights?.identity)];
  const weights = known.weights && measured ? { ...known.weights, identity: measured } : undefined;
  return read || weights ? [{ ...known, identity: read ?? known.identity, weights }] : [];
}

function identitiesOf(move: Move, run: MovedIn): Identities {
  const id = pathInRun(move.from.slice(run.root.length + 1));
  if (isOneFile(id, run.config)) return move;
  const folder = innerFolderOf(id, run.config);
  return folder === null ? ofSet(move, id, run) : ofFolder(move, id.slice(folder.length + 1), run);
}

/** @param main the path, in the folder that a version is, of the file that stands for it */
function ofFolder({ from, to }: Move, main: string, { root, moves, folders }: MovedIn): Identities {
  const [old, fresh] = [from, to].map((path) => path.slice(0, -main.length - 1)) as [string, string];
  const names = filesIn(root, fresh);
  const moveOf = (name: string) => moveBetween(moves, old, fresh, name);
  if (!names.every(moveOf)) return null;
  const before = (name: string) => moveOf(name)?.before ?? folders.get(posix.join(old, name)) ?? null;
  const after = (name: string) => {
    const look = moveOf(name)?.after ?? tryLookAt(posix.join(fresh, name));
    return look instanceof Error ? null : look;
  };
  const identities = {
    before: identityOfFolder(main, names, before),
    after: identityOfFolder(main, names, after),
  };
  // One that came meanwhile is none of those that were read.
  return filesIn(root, fresh).join('\n') === names.join('\n') ? identities : null;
}

function ofSet({ from, to }: Move, id: string, { config, moves }: MovedIn): Identities {
  const [old, fresh] = [posix.dirname(from), posix.dirname(to)];
  const names = Array.from(moves.keys()).filter((path) => posix.dirname(path) === old);
  const folder = posix.dirname(id).replace(/^\.$/, '');
  const set = setsAmong(folder, () => names.map((path) => posix.basename(path)), config).get(
    posix.basename(id),
  );
  if (!set) return null;
  const moveOf = (name: string) => moveBetween(moves, old, fresh, name);
  return {
    before: identityOfSet(set, (name) => moveOf(name)?.before ?? null),
    after: identityOfSet(set, (name) => moveOf(name)?.after ?? null),
  };
}

function moveBetween(moves: MovedIn['moves'], old: string, fresh: string, name: string): Move | undefined {
  const move = moves.get(`${old}/${name}`);
  return move?.to === `${fresh}/${name}` ? move : undefined;
}

function filesIn(root: string, folder: string): string[] {
  const inside = namesInside(root, folder.slice(root.length + 1));
  return [...inside].filter((name) => !name.endsWith('/')).sort();
}
