import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drivenPackage, sandboxFlags, shippedPackage } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { traceApp } from '../driver/trace-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

test.skip(process.platform !== 'linux', 'only Linux has strace and /proc');

/** The shipped app, that takes a picture and ends. */
async function taking(run: string, ...args: string[]): Promise<{ command: string[]; userData: string }> {
  const userData = await tempFolder('start-up');
  const picture = `--screenshot=${join(userData, 'picture.png')}`;
  return {
    command: [shippedPackage, ...sandboxFlags(), `--user-data-dir=${userData}`, picture, ...args, run],
    userData,
  };
}

/** What a program might take for its own where it is started. */
async function hostileFolder(): Promise<string> {
  const folder = await tempFolder('hostile-cwd');
  const code = 'require("fs").writeFileSync(__dirname + "/ran", "x")';
  const files = {
    'package.json': '{"name": "cairn", "main": "index.js"}',
    'index.js': code,
    '.env': 'NODE_OPTIONS=--require ./index.js',
    '.npmrc': 'script-shell=./index.js',
    'app.asar': 'x',
    'resources/app.asar': 'x',
    'resources/app/index.js': code,
    'node_modules/electron/index.js': code,
    'node_modules/fs-native-extensions/index.js': code,
    'node_modules/zod/index.js': code,
    'snapshot_blob.bin': 'x',
    'v8_context_snapshot.bin': 'x',
    'icudtl.dat': 'x',
    'libffmpeg.so': 'x',
    'libEGL.so': 'x',
    'SwiftShader.ini': 'x',
    'locales/en-US.pak': 'x',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Calls that open something in a folder, by its path or from where the program is. */
function openedIn(folder: string, calls: readonly string[]): string[] {
  return calls.filter((call) => {
    const [, place = '', name = ''] = /AT_FDCWD<([^>]*)>, "([^"]*)"/.exec(call) ?? [];
    const isRelative = place === folder && !name.startsWith('/') && name !== '' && name !== '.';
    return isRelative || call.includes(`"${folder}/`);
  });
}

const opens = 'open,openat,execve,execveat';

test('31: started in a hostile folder it loads nothing from there', async () => {
  const folder = await hostileFolder();
  const { command } = await taking(await copySampleRun());
  const { code, output, calls } = await traceApp(command, { trace: opens, cwd: folder });
  expect(output).toMatch(/on Electron/);
  expect(code).toBe(0);
  expect(calls.length).toBeGreaterThan(500);
  expect(openedIn(folder, calls)).toEqual([]);
  expect(await readdir(folder)).not.toContain('ran');
});

test('control: a program that reads where it is started is found out', async () => {
  const folder = await hostileFolder();
  const { calls } = await traceApp([process.execPath, 'index.js'], { trace: opens, cwd: folder });
  expect(openedIn(folder, calls)).not.toEqual([]);
  expect(await readdir(folder)).toContain('ran');
});

test('29, 32: no switch lets anyone in, or takes a protection away', async () => {
  const { command, userData } = await taking(
    await copySampleRun(),
    '--remote-debugging-port=0',
    '--inspect=0',
    '--inspect-brk=0',
    '--disable-web-security',
    '--js-flags=--allow-natives-syntax',
    '--load-extension=/tmp',
    '--host-rules=MAP * 127.0.0.1',
    '--auto-open-devtools-for-tabs',
  );
  const { code, output, calls } = await traceApp(command, { trace: 'bind,listen' });
  expect(code).toBe(0);
  expect(output).not.toMatch(/(Debugger|DevTools) listening/);
  for (const name of ['remote-debugging-port', 'disable-web-security', 'js-flags', 'load-extension'])
    expect(output).toContain(`--${name} has no effect here`);
  await expect(access(join(userData, 'DevToolsActivePort'))).rejects.toThrow();
  expect(calls.filter((call) => /AF_INET/.test(call))).toEqual([]);
});

test('control: where the inspector is open, as in what tests drive, the same switches let others in', async () => {
  const userData = await tempFolder('start-up');
  const picture = `--screenshot=${join(userData, 'picture.png')}`;
  const switches = ['--inspect=0', '--remote-debugging-port=0', '--remote-debugging-address=127.0.0.1'];
  const command = [drivenPackage, ...sandboxFlags(), `--user-data-dir=${userData}`, picture, ...switches];
  const { output, calls } = await traceApp(command, { trace: 'bind,listen' });
  expect(output).toMatch(/Debugger listening/);
  expect(output).toMatch(/DevTools listening/);
  expect(output).not.toContain('has no effect here');
  expect(calls.filter((call) => /AF_INET/.test(call))).not.toEqual([]);
});

/** What a package says once it runs, and on. */
async function startPackage(program: string) {
  const child = spawn(program, [...sandboxFlags(), `--user-data-dir=${await tempFolder('start-up')}`]);
  const heard = { child, output: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      heard.output += chunk;
    });
  await expect.poll(() => heard.output).toMatch(/on Electron/);
  return heard;
}

test('29: a signal that opens the debugger of Node does nothing here', async () => {
  // The control differs in the fuse alone: by the time that it has heard the signal, so has the other.
  const [shipped, control] = [await startPackage(shippedPackage), await startPackage(drivenPackage)];
  shipped.child.kill('SIGUSR1');
  control.child.kill('SIGUSR1');
  await expect.poll(() => control.output).toMatch(/Debugger listening/);
  expect(shipped.output).not.toMatch(/debugger|inspector/i);
  for (const { child } of [shipped, control]) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  }
});

test('34: starting it registers nothing with the system', async () => {
  const home = await tempFolder('home');
  const { command } = await taking(await copySampleRun());
  const { XDG_CONFIG_HOME: _, XDG_DATA_HOME: __, ...env } = process.env;
  const { code } = await traceApp(command, { trace: 'execve', env: { ...env, HOME: home } });
  expect(code).toBe(0);
  const names = await readdir(home, { recursive: true });
  expect(names.filter((name) => /\.desktop$|mimeapps\.list$|autostart/.test(name))).toEqual([]);
});

test('26: where there is no network at all, not even an interface, it shows a run', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can take the network away');
  const { command, userData } = await taking(await copySampleRun());
  const { code, output } = await traceApp(command, { trace: 'connect', under: ['unshare', '-n'] });
  expect({ code, wrote: output.includes('wrote ') }).toEqual({ code: 0, wrote: true });
  expect((await readFile(join(userData, 'picture.png'))).length).toBeGreaterThan(20_000);
});
