import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) remove(folder);
});

/** What a test left locked, or a program still writes to, keeps none of the others. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    process.stderr.write(`${folder} is left: ${error}\n`);
  }
}

/** A fresh folder of its own, gone when the tests are; the name tells what it was for. */
export async function tempFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `cairn-e2e-${purpose}-`));
  made.push(folder);
  return folder;
}
