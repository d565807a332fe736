import { expect, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { noRequestFilter, servesAnything } from './weakenings.ts';

const cairn = shareCairn(() => ({}));

/** In the page: what each address, and each method, is answered. */
async function askOwnScheme() {
  const status = (url: string, method = 'GET') =>
    fetch(url, { method }).then(
      (answer) => answer.status,
      () => 'refused' as const,
    );
  const urls = [
    '/index.html?x',
    '/',
    '/main/main.js',
    '/../main/main.js',
    '/..%2fmain%2fmain.js',
    '/%2e%2e/main/main.js',
    '/assets/../../package.json',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML',
    '//evil/index.html',
    '/index.html%00',
    '/page-files.json',
    '/preload/preload.cjs',
    'app://evil/index.html',
    'app://cairn.evil/index.html',
    'app:///etc/passwd',
    'file:///etc/passwd',
    'file://localhost/etc/passwd',
    'http://127.0.0.1:9/',
    'ftp://127.0.0.1/',
    'chrome://version',
    'devtools://devtools/x',
  ];
  const got: Record<string, number | string> = {};
  for (const url of urls) got[url] = await status(url);
  const methods: Record<string, number | string> = {};
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    methods[method] = await status('/index.html', method);
  return { got, methods };
}

test('27: our scheme serves the listed files to GET and HEAD, and nothing else', async () => {
  const answers = await cairn().page.evaluate(askOwnScheme);
  const { '/index.html?x': listed, ...others } = answers.got;
  expect(listed).toBe(200);
  for (const [url, status] of Object.entries(others))
    expect([url, status === 404 || status === 'refused']).toEqual([url, true]);
  const { GET, HEAD, ...refused } = answers.methods;
  expect([GET, HEAD]).toEqual([200, 200]);
  for (const [method, status] of Object.entries(refused))
    expect([method, status === 405 || status === 'refused']).toEqual([method, true]);
});

test('27: not even main can load a file:// page into the window', async () => {
  const app = await launchCairn();
  const load = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL('file:///etc/hostname')
        .then(
          () => 'loaded',
          (error) => String(error),
        ),
    );
  expect(await load()).toMatch(/ERR_BLOCKED_BY_CLIENT/);
  await app.close();
});

test('control: without the filter of requests a file:// page loads', async () => {
  const app = await launchCairn({ app: await weakenApp(...noRequestFilter) });
  const loaded = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]
      ?.loadURL('file:///etc/hostname')
      .then(
        () => 'loaded',
        (error) => String(error),
      ),
  );
  expect(loaded).toBe('loaded');
  await app.close();
});

test('control: a server that joins paths gives what is beside the page, to any method', async () => {
  const app = await launchCairn({ app: await weakenApp(...servesAnything) });
  const { got, methods } = await app.page.evaluate(askOwnScheme);
  expect(got['/main/main.js']).toBe(200);
  expect(methods['POST']).toBe(200);
  await app.close();
});
