import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtApp } from './places.ts';
import { tempFolder } from './temp-folder.ts';

/** Runs a line that the window shows, letter by letter, in bash, where `cairn` is the built command line. @returns what it printed */
export async function runLine(
  line: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const folder = await tempFolder('bin');
  const cairn = join(folder, 'cairn');
  await writeFile(cairn, `#!/bin/sh\nexec '${process.execPath}' '${join(builtApp, 'cli/cairn.js')}' "$@"\n`);
  await chmod(cairn, 0o755);
  const child = spawn('bash', ['--norc', '-c', line], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
