import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { builtApp, electronPath, shippedPackage } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

/** Starts `cairn open` as a person of its own does, until the window's program says that it runs. */
async function startApp(command: string): Promise<string> {
  const home = await tempFolder('open');
  const places = { XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') };
  const env = { ...process.env, ...places, XDG_CACHE_HOME: join(electronPath(), '../../..') };
  const args = [command, 'open', await copySampleRun()];
  // In a group of its own, so that all of it ends.
  const child = spawn(process.execPath, args, { cwd: home, env, detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/on Electron/);
  await endAll(child);
  return said;
}

async function endAll(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
}

test('`cairn open` of a built checkout starts the app', async () => {
  expect(await startApp(join(builtApp, 'cli/cairn.js'))).toMatch(/^Cairn .* on Electron/m);
});

test('`cairn open` of an installed app starts that app', async () => {
  expect(await startApp(join(dirname(shippedPackage), 'resources/cli/cairn.js'))).toMatch(
    /^Cairn .* on Electron/m,
  );
});
