import { posix } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import { isOneFile } from '../catalog/sets-in-folders.ts';
import { ModelManagerError, ModelNotFoundError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { type Mark, readMarks } from '../marks/marks.ts';
import { bringMarksBack, type Losing, putMarksAside, tellUnmoved } from '../marks/marks-aside.ts';
import { foreseeTrash, unforeseeable } from '../operations/foresee-recovery.ts';
import { isKept, type Operation, type Step } from '../operations/operation.ts';
import type { RunWriter } from '../run-writer.ts';
import { assertOwnSidecars } from './assert-own-sidecars.ts';
import { assertStillThere } from './assert-still-there.ts';
import { chooseDoomed, type Doomed, type TrashChoice } from './choose-doomed.ts';
import { versionsHeld } from './describe-trashed.ts';
import { emptyTrash, goneFromTrash } from './empty-trash.ts';
import { asRecovered, listTrash, type TrashListing } from './list-trash.ts';
import { moveToTrash } from './move-to-trash.ts';
import { tellFullDisk } from './tell-full-disk.ts';
import { findUndoable, type Undone, undo } from './undo.ts';

/** What the trash needs of the run. */
export interface TrashSubject {
  root: string;
  config: StorageConfig;
  disk: Disk;
  writer: RunWriter;
  /** Where Cairn keeps what it knows of the run. */
  bookkeeping: string;
  /** The SHA-256 on record of a version; null for none. */
  checksumOf: (id: string) => string | null;
}

/** The trash of one run: what goes there by hand, what comes back, and the end of it. */
export class RunTrash {
  readonly #run: TrashSubject;

  constructor(run: TrashSubject) {
    this.#run = run;
  }

  /** @returns the operation to undo @throws UsageError for one that is pinned: nothing is moved */
  move(ids: readonly string[]): Promise<string> {
    const { disk, root, config, writer, bookkeeping } = this.#run;
    return writer.write('trash', async (writing) => {
      assertUnpinned(readMarks(bookkeeping), ids);
      const doomed = filesOfVersions(root, config, new Set(ids));
      if (doomed.length === 0) throw noneThere(ids);
      const draft = writing.newOperation('trash', 'by hand');
      const { id, bytes } = await moveToTrash(writing, draft, doomed);
      await putMarksAside({ disk, root }, this.#losing(ids), id).catch((error: unknown) =>
        writing.onNotice?.(tellUnmoved(error)),
      );
      tellFullDisk(writing, id);
      return { ids: [...ids], value: id, operation: id, bytes };
    });
  }

  /** What can be brought back, newest first; an interrupted operation as recovering the run will leave it. */
  async list(): Promise<TrashListing> {
    const { disk, root } = this.#run;
    const unforeseen: Problem[] = [];
    const interrupted = await foreseeTrash(root, disk).catch((error: unknown) => {
      unforeseen.push(unforeseeable(root, error));
      return [];
    });
    const { operations, problems } = await listTrash(disk, root);
    return {
      operations: [...interrupted.map(asRecovered), ...operations],
      problems: [...unforeseen, ...problems],
    };
  }

  /** @param operation null for the newest @throws ModelNotFoundError; UsageError where what is pinned would go: nothing is changed */
  async undo(operation: string | null): Promise<Undone> {
    const { disk, root, config, writer, bookkeeping } = this.#run;
    if (!(await writer.isKept())) await findUndoable(disk, root, operation);
    return writer.write('undo', async (writing) => {
      const target = await findUndoable(disk, root, operation);
      // What a save in place wrote is not what its record says: it was written after that.
      if (target.kind !== 'save' || config.atomic_saves) await assertStillThere(disk, root, target);
      const draft = writing.newOperation('undo', `undo of ${target.id}`);
      const assertMay = async (steps: readonly Step[]) => {
        const going = steps.flatMap(({ from, to }) => (isKept(to) ? [from] : []));
        // What only brings back is not held up by marks that cannot be read.
        if (going.length > 0) assertUnpinned(readMarks(bookkeeping), going);
        await assertOwnSidecars(writing, steps, target.versions);
      };
      const { left, restored, ...rest } = await undo(writing, target, draft, assertMay);
      await this.#undoMarks(target, draft.id, left).catch((error: unknown) =>
        writing.onNotice?.(tellUnmoved(error)),
      );
      const removed = left.filter((path) => isVersion(path, target, config));
      const value = { ...rest, restored, removed };
      for (const each of tellUnseen(root, config, restored)) writing.onNotice?.(each);
      return { ids: [...restored, ...removed], value, operation: draft.id };
    });
  }

  #losing(ids: readonly string[]): Losing[] {
    return [...new Set(ids)].map((id) => ({ id, checksum: this.#run.checksumOf(id) }));
  }

  /** Notes and tags go and come with the bytes. @param left what went to the trash */
  async #undoMarks({ id, kind, steps }: Operation, undoId: string, left: readonly string[]): Promise<void> {
    const replaced = kind === 'save' ? steps.flatMap(({ to, keep }) => (keep === null ? [] : [to])) : [];
    const { disk, root } = this.#run;
    await putMarksAside({ disk, root }, this.#losing([...left, ...replaced]), undoId);
    await bringMarksBack({ disk, root }, id);
  }

  /** What emptying would delete. @throws ModelNotFoundError */
  async planEmptying(choice: TrashChoice): Promise<Doomed> {
    return chooseDoomed(this.#run.disk, this.#run.root, await this.list(), choice);
  }

  /** Deletes that for good. @returns what went @throws ModelManagerError that says how much went, where not all could */
  async empty(choice: TrashChoice): Promise<Doomed> {
    const { disk, root, writer } = this.#run;
    if (!(await writer.isKept())) return this.planEmptying(choice);
    const { doomed, failure } = await writer.write('empty trash', async () => {
      const doomed = await this.planEmptying(choice);
      const { operations } = doomed;
      const damaged = doomed.damaged.map(({ id }) => id);
      const ids = [...operations.map(({ id }) => id), ...damaged];
      let gone = new Set(ids);
      const failure = await emptyTrash(disk, root, ids).then(
        () => null,
        async (error: unknown) => {
          gone = await goneFromTrash(disk, root, ids);
          if (gone.size === 0) throw error;
          return stoppedAfter(gone.size, ids.length, error);
        },
      );
      const versions = operations.flatMap((each) => (gone.has(each.id) ? versionsHeld(each) : []));
      // What went is in the log, even where the rest did not.
      const bytes = operations.reduce((sum, each) => sum + (gone.has(each.id) ? each.bytes : 0), 0);
      return {
        ids: [...versions, ...damaged.filter((id) => gone.has(id))],
        value: { doomed, failure },
        bytes,
      };
    });
    if (failure) throw failure;
    return doomed;
  }
}

/** That the folders in which the run keeps its versions are others by now than when what came back left. */
function tellUnseen(root: string, config: StorageConfig, restored: readonly string[]): string[] {
  const seen = new Set(filesOfVersions(root, config, new Set(restored)).map(({ id }) => id));
  const [first, ...others] = restored.filter((id) => !seen.has(id));
  if (first === undefined) return [];
  const back = others.length > 0 ? `, and ${others.length} more, are back, and` : ' is back, and';
  return [
    `${escapeName(first, 400)}${back} not among the versions — the run’s configuration names other folders by now — name the old ones there, or move what came back`,
  ];
}

/** Whether a file that an operation had brought is one that stands for a version. */
function isVersion(path: string, { versions }: Pick<Operation, 'versions'>, config: StorageConfig): boolean {
  if (!isOneFile(path, config)) return versions.includes(path);
  return classifyName(posix.basename(path), config).role === 'model';
}

function stoppedAfter(gone: number, all: number, cause: unknown): ModelManagerError {
  return new ModelManagerError(
    `the trash is not empty — ${explainError(cause)} — ${gone} of ${all} operations are deleted for good: fix that, then empty it again`,
    { cause },
  );
}

/** A pin says that a version stays, whatever else is asked. */
function assertUnpinned(marks: ReadonlyMap<string, Mark>, ids: readonly string[]): void {
  const pinned = ids.filter((id) => marks.get(id)?.pinned);
  const [first] = pinned;
  if (first === undefined) return;
  const others = pinned.length === 1 ? 'it is' : `it is, and ${pinned.length - 1} more are,`;
  throw new UsageError(`cannot move ${escapeName(first)} to the trash — ${others} pinned — unpin it first`);
}

function noneThere([first = '']: readonly string[]): ModelNotFoundError {
  return new ModelNotFoundError(
    `nothing was moved to the trash — ${escapeName(first)} is not in this run — list the versions again`,
    { path: first },
  );
}
