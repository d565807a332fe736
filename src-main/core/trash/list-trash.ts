import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { namesIn } from '../operations/discard-kept.ts';
import { isKept, type Operation, type Step, trashFolder } from '../operations/operation.ts';
import { readOperation } from '../operations/recover-run.ts';
import { assertNoLinks } from '../operations/run-folders.ts';

/** An operation that can be undone; `bytes` is what of it is still in the trash. */
export interface TrashedOperation extends Operation {
  files: string[];
}

/** A record as it was read; records are not written again, so one that is the same file says the same. */
interface KnownRecord {
  identity: FileIdentity;
  operation: Operation;
}

/** Records by their path, for each run: a training lists its trash with each save. */
const known = new WeakMap<Disk, Map<string, Map<string, KnownRecord>>>();

/** What can be brought back, newest first; operations whose files are all gone are not listed. */
export async function listTrash(disk: Disk, root: string): Promise<TrashedOperation[]> {
  await assertNoLinks(disk, root, [`${trashFolder}/any`]);
  const names = (await namesIn(disk, `${root}/${trashFolder}`)).filter((name) => !name.startsWith('.'));
  const runs = known.get(disk) ?? new Map<string, Map<string, KnownRecord>>();
  const before = runs.get(root) ?? new Map<string, KnownRecord>();
  const records = new Map<string, KnownRecord>();
  // One after another: of thousands at once each would need an open file.
  for (const name of names) {
    const record = await readRecord(disk, root, name, before);
    if (record) records.set(name, record);
  }
  known.set(disk, runs.set(root, records));
  const operations = await Promise.all(
    [...records.values()].map(({ operation }) => withFiles(disk, root, operation)),
  );
  return operations.flat().sort((a, b) => b.number - a.number || (a.at < b.at ? 1 : -1));
}

/** Where a step keeps a file in the trash; null when it keeps none there. */
function keptBy({ to, keep }: Step): string | null {
  return isKept(to) ? to : keep;
}

async function readRecord(
  disk: Disk,
  root: string,
  name: string,
  before: ReadonlyMap<string, KnownRecord>,
): Promise<KnownRecord | null> {
  const manifest = `${root}/${trashFolder}/${name}/manifest.json`;
  const identity = await disk.lookAt(manifest);
  if (!identity) return null;
  const record = before.get(name);
  if (record && sameIdentity(record.identity, identity)) return record;
  const operation = await readOperation(disk, manifest);
  if (operation.id !== name) throw notOfThisName(manifest, operation.id);
  return { identity, operation };
}

/** None where nothing of it can be brought back. */
async function withFiles(disk: Disk, root: string, operation: Operation): Promise<TrashedOperation[]> {
  const kept = operation.steps.flatMap((step) => keptBy(step) ?? []);
  const looks = await Promise.all(
    kept.map(async (path) => ({ path, look: await disk.lookAt(`${root}/${path}`) })),
  );
  const there = looks.flatMap(({ path, look }) => (look?.type === 'file' ? [{ path, size: look.size }] : []));
  if (there.length === 0 && !(await hasPlaced(disk, root, operation))) return [];
  const bytes = there.reduce((sum, { size }) => sum + size, 0);
  return [{ ...operation, bytes, files: there.map(({ path }) => path) }];
}

/** Whether a file that a restore made is still there: that can be taken back though nothing was replaced. */
async function hasPlaced(disk: Disk, root: string, { kind, steps }: Operation): Promise<boolean> {
  if (kind !== 'restore') return false;
  const made = steps.filter((step) => keptBy(step) === null);
  const looks = await Promise.all(made.map(({ to }) => disk.lookAt(`${root}/${to}`)));
  return made.some(({ inode }, index) => looks[index]?.ino === inode);
}

function notOfThisName(path: string, id: string): ModelManagerError {
  return new ModelManagerError(
    `${path} is the record of another operation, ${id} — it was copied or changed — move it away`,
    { path },
  );
}
