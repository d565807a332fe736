import { posix } from 'node:path';
import { type ClassifiedName, classifyName } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { isOneFile } from '../catalog/sets-in-folders.ts';
import { ModelManagerError } from '../errors.ts';
import { isKept, type Step } from '../operations/operation.ts';
import { findSharingIn, type NamedRun, sidecarOf } from '../save/find-older.ts';

/**
 * That nothing comes back to where it would share a sidecar with another model: one of the two would be taken for the other.
 * @param steps what an undo would do
 * @param own the versions of the operation that is undone
 * @throws ModelManagerError
 */
export async function assertOwnSidecars(
  run: NamedRun,
  steps: readonly Step[],
  own: readonly string[],
): Promise<void> {
  const coming = steps.filter(({ to, keep, whole }) => keep === null && !whole && !isKept(to));
  const leaving = new Set(steps.flatMap(({ from, to }) => (isKept(to) ? [from] : [])));
  const mine = new Set([...own, ...leaving, ...coming.map(({ to }) => to)]);
  const findSharing = findSharingIn(run);
  for (const { to } of coming) {
    if (!isOneFile(to, run.config)) continue;
    const name = posix.basename(to);
    const prefix = to.slice(0, to.length - name.length);
    const { models, sidecars } = await findSharing(prefix, name);
    const hasSidecar = sidecars.some((each) => !leaving.has(prefix + each));
    const stranger = models.find((other) => !mine.has(prefix + other));
    if (stranger !== undefined && mayMislead(classifyName(name, run.config), hasSidecar))
      throw sharedSidecar(to, prefix + stranger, sidecarOf(name, run.config));
  }
}

/** A sidecar that comes with a model is asked for by itself. */
function mayMislead({ role }: ClassifiedName, hasSidecar: boolean): boolean {
  return role === 'sidecar' || (role === 'model' && hasSidecar);
}

function sharedSidecar(path: string, stranger: string, sidecar: string): ModelManagerError {
  return new ModelManagerError(
    `cannot bring back ${escapeName(path)} — ${escapeName(stranger)} is there, and the two would share one sidecar, ${escapeName(sidecar)} — move that one to the trash first`,
    { path },
  );
}
