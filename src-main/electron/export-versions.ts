import { join } from 'node:path';
import { ModelManagerError } from '../core/errors.ts';
import type { FoundVersion, NamedRun } from './find-versions.ts';
import type { WorkTools } from './work.ts';

/**
 * Verified copies in a folder: of one run directly in it, of several each in a folder of its own there. Of a run all are written or none.
 * @throws as `ModelManager.exportVersions` does; what was written of other runs stays, and that is said
 */
export async function exportVersions(
  versions: readonly FoundVersion[],
  folder: string,
  { signal, onBytes, expect }: WorkTools,
): Promise<{ files: number; to: string }> {
  expect(versions.reduce((sum, { run, id }) => sum + (run.reader.version(id)?.file_size_bytes ?? 0), 0));
  const runs = idsByRun(versions);
  const folders = new Set<string>();
  let files = 0;
  for (const [{ reader, name }, ids] of runs) {
    const own = runs.size === 1 ? folder : join(folder, folderOf(name, folders));
    const exporting = reader.exportVersions([...ids], own, { signal, onBytes });
    files += (await exporting.catch((error) => explain(error, name, files, folder))).files.length;
  }
  return { files, to: folder };
}

function idsByRun(versions: readonly FoundVersion[]): Map<NamedRun, Set<string>> {
  const runs = new Map<NamedRun, Set<string>>();
  for (const { run, id } of versions) runs.set(run, (runs.get(run) ?? new Set()).add(id));
  return runs;
}

/** A folder that no other run of these has: a name may have a slash, and without it be that of another. */
function folderOf(run: string, taken: Set<string>): string {
  const plain = run.replaceAll('/', '_');
  let name = plain;
  for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
  taken.add(name);
  return name;
}

function explain(error: unknown, name: string, written: number, folder: string): never {
  if (!(error instanceof ModelManagerError) || written === 0) throw error;
  const there = written === 1 ? '1 verified copy of another run is' : `${written} verified copies are`;
  throw new ModelManagerError(`${name}: ${error.message} (${there} in ${folder} already)`, {
    path: error.path,
  });
}
