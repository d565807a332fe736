import { once } from 'node:events';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const elements = 400_000_000;

/** An array of zeros that takes no room, and a second or so to go through. */
async function writeArray(name: string): Promise<string> {
  const path = join(await tempFolder('swapped'), name);
  const file = await open(path, 'wx');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${elements},), }`.padEnd(117);
  await file.write(`\x93NUMPY\x01\x00\x76\x00${header}\n`, 0, 'latin1');
  await file.truncate(128 + 4 * elements);
  await file.close();
  return path;
}

/** Once far more was read of the array than the program itself has. */
async function whenReading(process: number): Promise<void> {
  const read = async () => Number(/rchar: (\d+)/.exec(await readFile(`/proc/${process}/io`, 'utf8'))?.[1]);
  while ((await read()) < 50e6) await setTimeout(5);
}

const swaps: [how: string, told: RegExp, swap: (path: string) => Promise<void>][] = [
  [
    'renamed over',
    /another file took its place while it was read/,
    async (path) => rename(await writeArray('other.npy'), path),
  ],
  [
    'written in place',
    /it was written to while it was read/,
    async (path) => {
      const file: FileHandle = await open(path, 'r+');
      await file.write('x', 4000);
      await file.close();
    },
  ],
];

for (const [how, told, swap] of swaps) {
  for (const command of ['inspect', 'diff']) {
    test(`${command} of a file that is ${how} meanwhile says so, and gives no numbers`, async () => {
      const path = await writeArray('a.npy');
      const args = command === 'diff' ? [path, await writeArray('b.npy')] : [path, '--stats'];
      const child = startCli([command, ...args, '--json']);
      const output = { stdout: '', stderr: '' };
      child.stdout?.on('data', (text) => (output.stdout += text));
      child.stderr?.on('data', (text) => (output.stderr += text));
      await whenReading(child.pid ?? 0);
      await swap(path);
      const [code] = await once(child, 'close');
      expect(code).toBe(3);
      expect(output.stderr).toMatch(told);
      expect(JSON.parse(output.stdout)).toEqual({
        error: { code: 'ModelManager', message: expect.stringMatching(told), path },
      });
    });
  }
}
