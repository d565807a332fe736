import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';

/** A copy of the sample run that the person may do with as they like; made when it is first asked for. */
export function prepareSampleRun(userData: string): string {
  const copy = join(userData, 'Sample run');
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(shippedSampleRun(), fresh, { recursive: true, preserveTimestamps: true });
  renameSync(fresh, copy);
  return copy;
}

function shippedSampleRun(): string {
  if (app.isPackaged) return join(process.resourcesPath, 'sample-run');
  return fileURLToPath(new URL('../sample-run', import.meta.url));
}
