import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A fresh folder of its own, gone when the tests are; the name tells what it was for. */
export async function tempFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `cairn-e2e-${purpose}-`));
  made.push(folder);
  return folder;
}
