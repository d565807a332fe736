import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { builtApp } from './places.ts';

/** Another process that holds the kernel's lock of a run until it is killed, as a prune of ann would. */
export async function holdLock(run: string): Promise<ChildProcess> {
  await mkdir(join(run, '.cairn'), { recursive: true });
  const native = join(builtApp, `native/${process.platform}-${process.arch}/fs-native-extensions.node`);
  const text = JSON.stringify({ who: 'ann@there, process 7', command: 'prune', since: 'noon' });
  const script = `
    const file = require('fs').openSync(process.argv[1], 'w+');
    require(process.argv[2]).tryLock(file, 0, 0, true);
    require('fs').writeSync(file, process.argv[3]);
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', script, join(run, '.cairn/lock'), native, text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
