import { spawn } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { builtApp, electronPath, sandboxFlags } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { linksOpenOutside, manyInstances, revealsByOpening, takesScheme } from './weakenings.ts';

/** What the window leads to outside of itself. */

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

interface Opened {
  how: string;
  what: string;
}

/** Notes what the system would be asked to open, instead of asking it. */
async function watchShell({ electron }: Cairn): Promise<() => Promise<Opened[]>> {
  await electron.evaluate(({ shell }) => {
    const opened: Opened[] = [];
    Object.assign(globalThis, { opened });
    const note = (how: string) => (what: string) => {
      opened.push({ how, what });
      return Promise.resolve('');
    };
    for (const how of ['openExternal', 'openPath', 'showItemInFolder', 'trashItem'])
      Object.assign(shell, { [how]: note(how) });
  });
  return () => electron.evaluate(() => (globalThis as unknown as { opened: Opened[] }).opened);
}

const schemes = [
  ...['http', 'https', 'file', 'smb', 'ftp', 'sftp', 'ssh', 'telnet', 'nfs', 'afp', 'dav', 'gopher', 'jar'],
  ...[
    'ms-msdt',
    'ms-settings',
    'ms-word',
    'ms-officecmd',
    'search-ms',
    'vscode',
    'slack',
    'zoommtg',
    'steam',
  ],
  ...['javascript', 'data', 'blob', 'about', 'view-source', 'chrome', 'devtools', 'filesystem', 'ws', 'wss'],
  ...['mailto', 'tel', 'webcal', 'magnet', 'intent', 'market', 'x-apple.systempreferences', 'cairn', 'app'],
];
const places = [
  ...['//example.org/', '//user:word@example.org/', '//xn--e1afmkfd.example/', '//пример.example/'],
  ...['/etc/passwd', '//127.0.0.1:9/', '//[::1]/', '//2130706433/', '//example.org\\@cairn/', 'alert(1)'],
];
const disguises: ((text: string) => string)[] = [
  (text) => text,
  (text) => ` ${text}`,
  (text) => `\t${text}`,
  (text) => `\u0001${text}`,
  (text) => `${text} `,
  (text) => text.toUpperCase(),
  (text) => text.replace(/^(.)/, '$1\n'),
  (text) => text.replaceAll('/', '\\'),
  (text) => text.replace(':', '%3a'),
  (text) => `${text}#`,
  (text) => `${text}?x=%00`,
  (text) => `\u202e${text}`,
  (text) => `https:${text}`,
];

/** Addresses of every sort that a system has a program for, and ways to disguise them. */
const addresses = schemes.flatMap((scheme) =>
  places.flatMap((place) => disguises.map((disguise) => disguise(`${scheme}:${place}`))),
);

/** In the page: presses a link to each, and asks for a window with each. */
function pressAll(all: string[]): void {
  for (const address of all) {
    const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
    document.body.append(link);
    link.click();
    try {
      window.open(address);
    } catch {
      // It is no address at all.
    }
    link.remove();
  }
}

const blocked = ({ log }: Cairn) => log.filter((line) => line === 'blocked a new window').length;

test('21: no link of any sort is opened outside; this window opens none', async () => {
  const app = cairn();
  await expectVersionCount(app.page, 26);
  const opened = await watchShell(app);
  expect(addresses.length).toBeGreaterThan(5000);
  await app.page.evaluate(pressAll, addresses);
  await expect.poll(() => blocked(app)).toBeGreaterThan(200);
  expect(await opened()).toEqual([]);
  expect(app.page.url()).toBe('app://cairn/index.html');
});

test('control: a window that hands its links on is found out', async () => {
  const app = await launchCairn({ app: await weakenApp(...linksOpenOutside) });
  const opened = await watchShell(app);
  await app.page.evaluate(pressAll, addresses.slice(0, 500));
  await expect.poll(async () => (await opened()).length).toBeGreaterThan(50);
  await app.close();
});

interface BridgePage {
  cairn: {
    request(name: string, input: unknown): Promise<{ ok: boolean; value: { runs: { runId: string }[] } }>;
  };
}

/** In the page: asks to show each of these versions in its folder; gives how many were. */
async function revealAll(page: Page, versions: number[]): Promise<number> {
  return page.evaluate(async (handles) => {
    const { cairn: bridge } = window as unknown as BridgePage;
    const { runId } = (await bridge.request('listRuns', {})).value.runs[0] ?? { runId: '' };
    const answers = await Promise.all(
      handles.map((version) => bridge.request('revealVersion', { runId, version })),
    );
    return answers.filter(({ ok }) => ok).length;
  }, versions);
}

const handles = Array.from({ length: 60 }, (_, index) => index);

test('22: only versions that the window knows are shown in their folder, and nothing is opened', async () => {
  const app = cairn();
  const opened = await watchShell(app);
  expect(await revealAll(app.page, handles)).toBe(26);
  const all = await opened();
  expect(new Set(all.map(({ how }) => how))).toEqual(new Set(['showItemInFolder']));
  expect(all.filter(({ what }) => !what.startsWith(`${run}/`))).toEqual([]);
});

test('control: a window that opened the files themselves is found out', async () => {
  const app = await launchCairn({ app: await weakenApp(...revealsByOpening), runs: [run] });
  await expectVersionCount(app.page, 26);
  const opened = await watchShell(app);
  await revealAll(app.page, handles);
  expect((await opened()).map(({ how }) => how)).toContain('openPath');
  await app.close();
});

/** Starts the app once more on the same data, to its end, or until it has a window of its own. */
async function startAgain(
  app: string,
  userData: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const all = [...sandboxFlags(), app, `--user-data-dir=${userData}`, ...args];
  const started = spawn(electronPath(), all, { env });
  let said = '';
  const ended = new Promise<void>((done) => started.once('close', () => done()));
  const hasWindow = new Promise<void>((done) => {
    started.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('on Electron')) done();
    });
  });
  await Promise.race([ended, hasWindow]);
  started.kill('SIGKILL');
  await ended;
  return said;
}

const hostileArguments = [
  'https://example.org/',
  'file:///etc',
  'cairn://open?run=/etc',
  '/etc/passwd',
  '/proc/self/root/nowhere',
  '../../etc/hostname',
  '--load-extension=/tmp',
  '--require=/tmp/x.cjs',
  '--screenshot',
  'a'.repeat(5000),
];

test('33: there is one instance; what a second start names is looked at as if a person had named it', async () => {
  const app = cairn();
  expect(await startAgain(builtApp, app.userData, hostileArguments)).not.toContain('on Electron');
  await expect.poll(() => app.log.join('\n')).toMatch(/cairn: cannot open .*nowhere — it is not there/);
  await expect
    .poll(() => app.log.filter((line) => line.startsWith('cairn: ')).length)
    .toBeGreaterThanOrEqual(5);
  // A file that is no checkpoint is looked at by itself, and is no run.
  const runs = await app.page.evaluate(async () => {
    const { cairn: bridge } = window as unknown as BridgePage;
    return (await bridge.request('listRuns', {})).value.runs.length;
  });
  expect(runs).toBe(1);
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('control: without the lock a second start would be a second instance', async () => {
  const weak = await weakenApp(...manyInstances);
  expect(await startAgain(weak, cairn().userData, [])).toContain('on Electron');
});

/** Starts the app where the system's program for schemes is ours, and says what that was asked. */
async function askedOfSystem(app: string): Promise<string> {
  const folder = await tempFolder('bin');
  const asked = join(folder, 'asked');
  await writeFile(join(folder, 'xdg-settings'), `#!/bin/sh\necho "$@" >> '${asked}'\n`);
  await chmod(join(folder, 'xdg-settings'), 0o755);
  const path = `${folder}:${process.env['PATH']}`;
  await startAgain(app, await tempFolder('user-data'), [], { ...process.env, PATH: path });
  return readFile(asked, 'utf8').catch(() => '');
}

test('34: a start asks the system to lead no scheme into the app', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere no program is asked');
  expect(await askedOfSystem(builtApp)).not.toContain('url-scheme');
});

test('control: an app that takes a scheme for its own is found out', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere no program is asked');
  expect(await askedOfSystem(await weakenApp(...takesScheme))).toContain('default-url-scheme-handler cairn');
});

test('34: no scheme leads from elsewhere into the app', async () => {
  const schemes = ['cairn', 'app', 'http', 'https', 'file'];
  const taken = await cairn().electron.evaluate(
    ({ app }, names) => names.filter((name) => app.isDefaultProtocolClient(name)),
    schemes,
  );
  expect(taken).toEqual([]);
});
