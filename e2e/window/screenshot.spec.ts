import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchCairn } from '../driver/launch-cairn.ts';
import { builtApp, checkout, electronPath, sandboxFlags } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { makeWorkspace } from '../fixtures/make-workspace.ts';

/** Starts Cairn for a picture; gives its exit code. */
function takePicture(userData: string, file: string, run: string): Promise<number | null> {
  const args = [...sandboxFlags(), builtApp, `--user-data-dir=${userData}`, `--screenshot=${file}`, run];
  const started = spawn(electronPath(), args, { stdio: 'ignore' });
  return new Promise((done) => started.once('exit', done));
}

test('a picture is taken beside a Cairn that runs, and that one stays as it is', async () => {
  const cairn = await launchCairn({ runs: [await copySampleRun()] });
  await expectVersionCount(cairn.page, 26);
  const file = join(cairn.userData, 'picture.png');
  expect(await takePicture(cairn.userData, file, await copySampleRun())).toBe(0);
  expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
  await expect(cairn.page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(cairn.page.getByRole('button', { name: 'Close sample-run' })).toHaveCount(1);
  await cairn.close();
});

test('a picture is taken of a folder of runs, once all are found', async () => {
  const folder = await tempFolder('picture');
  const file = join(folder, 'out.png');
  expect(await takePicture(folder, file, await makeWorkspace())).toBe(0);
  expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
});

test('a picture that cannot be taken as asked ends with exit code 1', async () => {
  const folder = await tempFolder('picture');
  expect(await takePicture(folder, join(folder, 'nothing/here.png'), await copySampleRun())).toBe(1);
  expect(await takePicture(folder, join(folder, 'out.png'), join(folder, 'no-run'))).toBe(1);
});

test('a later start in the checkout says nothing of what it set up before', async () => {
  const folder = await tempFolder('picture');
  const file = join(folder, 'out.png');
  const { code, said } = await startInCheckout(folder, ['--screenshot', file, await copySampleRun()]);
  expect(code).toBe(0);
  expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
  const known = /^(Cairn .* on Electron|wrote |· Running as root|· No display here|$)/;
  expect(said.split('\n').filter((line) => !known.test(line))).toEqual([]);
});

test('an app that cannot even start says so in one line', async () => {
  const folder = await tempFolder('picture');
  await writeFile(join(folder, 'config'), 'a file where a folder should be');
  const { code, said } = await startInCheckout(folder, [await copySampleRun()]);
  expect(code).toBeGreaterThan(0);
  expect(said).toMatch(/^cairn: the app ended before it could say why — .* — .*\n$/m);
});

/** `npm start`, in a folder and with the settings of a person of its own. */
async function startInCheckout(
  home: string,
  args: readonly string[],
): Promise<{ code: number; said: string }> {
  const places = { XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') };
  // The runtime that is there already, under ~/.cache, is not to be fetched again.
  const env = { ...process.env, ...places, XDG_CACHE_HOME: join(electronPath(), '../../..') };
  const started = spawn('npm', ['--prefix', checkout, 'run', '--silent', 'start', '--', ...args], {
    cwd: home,
    env,
  });
  let said = '';
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise<number>((done) => started.once('close', done));
  return { code, said };
}
