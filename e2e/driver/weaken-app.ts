import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtApp } from './places.ts';
import { tempFolder } from './temp-folder.ts';

/** One change to a built program: the text must be there, so that a control never tests an app that was not weakened. */
export interface Weakening {
  /** In app/: a file, or the folder of a program, which may be in several. */
  place: string;
  from: string | RegExp;
  to: string;
}

/** A copy of app/ with protections taken out on purpose: on it an attack must work, or the test of it proves nothing. */
export async function weakenApp(...weakenings: Weakening[]): Promise<string> {
  const app = await tempFolder('weakened');
  await cp(builtApp, app, { recursive: true });
  for (const weakening of weakenings) await weaken(app, weakening);
  return app;
}

async function weaken(app: string, { place, from, to }: Weakening): Promise<void> {
  let isWeakened = false;
  for (const path of await filesAt(join(app, place))) {
    const code = await readFile(path, 'utf8');
    const weakened = code.replace(from, to);
    if (weakened === code) continue;
    await writeFile(path, weakened);
    isWeakened = true;
  }
  if (!isWeakened) throw new Error(`${place} does not hold ${from}: nothing would be weakened`);
}

async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names.filter((name) => /\.c?js$/.test(name)).map((name) => join(path, name));
}
