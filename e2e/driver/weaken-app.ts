import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtApp } from './places.ts';
import { tempFolder } from './temp-folder.ts';

/** One change to a built file: the text must be there, so that a control never tests an app that was not weakened. */
export interface Weakening {
  file: string;
  from: string | RegExp;
  to: string;
}

/** A copy of app/ with protections taken out on purpose: on it an attack must work, or the test of it proves nothing. */
export async function weakenApp(...weakenings: Weakening[]): Promise<string> {
  const app = await tempFolder('weakened');
  await cp(builtApp, app, { recursive: true });
  for (const { file, from, to } of weakenings) {
    const path = join(app, file);
    const code = await readFile(path, 'utf8');
    const weakened = code.replace(from, to);
    if (weakened === code) throw new Error(`${file} does not hold ${from}: nothing would be weakened`);
    await writeFile(path, weakened);
  }
  return app;
}
