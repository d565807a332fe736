import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The interpreter that has PyTorch, where the machine has it: that of Debian. */
export const python = '/usr/bin/python3';

/** Whether PyTorch is on this machine; where it is not, what it makes of our files is not tested. */
export const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;

/** The lines that a script of `fixtures/` prints. */
export function runPython(script: string, input: string, ...args: string[]): string[] {
  const path = join(import.meta.dirname, 'fixtures', script);
  const out = execFileSync(python, [path, ...args], { input, maxBuffer: 1e9, encoding: 'utf8' });
  return out.trimEnd().split('\n');
}
