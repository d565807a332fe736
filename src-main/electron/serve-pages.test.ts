import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { contentSecurityPolicy, createPageServer } from './serve-pages.ts';

let app: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'cairn-pages-'));
  await mkdir(join(app, 'main'));
  await mkdir(join(app, 'renderer/assets'), { recursive: true });
  await writeFile(
    join(app, 'renderer/index.html'),
    '<html data-locale="__LOCALE__"><meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__" src="./assets/index.js">',
  );
  await writeFile(join(app, 'renderer/assets/index.js'), 'code');
  await writeFile(join(app, 'renderer/unlisted.txt'), 'secret');
  await writeFile(join(app, 'main/main.js'), 'secret');
  const list = {
    '/index.html': { file: 'index.html', type: 'text/html; charset=utf-8' },
    '/assets/index.js': { file: 'assets/index.js', type: 'text/javascript; charset=utf-8' },
  };
  await writeFile(join(app, 'main/page-files.json'), JSON.stringify(list));
  serve = createPageServer(
    pathToFileURL(join(app, 'main/page-files.json')),
    () => 'de-DE',
    () => undefined,
  );
});
afterAll(() => rm(app, { recursive: true }));

/** Answers of a scheme that browsers do not know are asked for by http here; the handler sees host and path alone. */
function ask(url: string, method = 'GET'): Promise<Response> {
  return serve({ url, method } as Request);
}

describe('the app:// handler', () => {
  test('serves a listed file with its type and all protections', async () => {
    const answer = await ask('app://cairn/assets/index.js');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('code');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  test('puts the nonce of its policy, a fresh one each time, everywhere in the page', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await ask('app://cairn/index.html');
        const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
        expect(await answer.text()).toBe(
          `<html data-locale="de-DE"><meta nonce="${nonce}"><script nonce="${nonce}" src="./assets/index.js">`,
        );
        expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  test('answers HEAD without a body', async () => {
    const answer = await ask('app://cairn/index.html', 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  test.each([
    'app://cairn/',
    'app://cairn',
    'app://cairn/INDEX.HTML',
    'app://cairn/index.html/',
    'app://cairn//index.html',
    'app://cairn/./unlisted.txt',
    'app://cairn/unlisted.txt',
    'app://cairn/../main/main.js',
    'app://cairn/assets/../../main/main.js',
    'app://cairn/%2e%2e/main/main.js',
    'app://cairn/..%2fmain%2fmain.js',
    'app://cairn/assets/..%5c..%5cmain%5cmain.js',
    'app://cairn/index.html%00',
    'app://cairn/%69ndex.html',
    'app://cairn/page-files.json',
    'app://cairn/__proto__',
    'app://cairn/constructor',
    'app://evil/index.html',
    'app://cairn.evil/index.html',
    'app://evil.cairn/index.html',
    'app://cairn:81/index.html',
    'app:///index.html',
  ])('does not know %s', async (url) => {
    const answer = await ask(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get', 'TRACE', ''])(
    'refuses the method %j',
    async (method) => {
      const answer = await ask('app://cairn/index.html', method);
      expect([answer.status, await answer.text()]).toEqual([405, '']);
    },
  );
});

test('tells once that all a page asks for at first has been answered, and not before', async () => {
  vi.useFakeTimers();
  const told = vi.fn();
  const server = createPageServer(pathToFileURL(join(app, 'main/page-files.json')), () => '', told);
  const visit = (path: string) => server({ url: `app://cairn/${path}`, method: 'GET' } as Request);
  await visit('index.html');
  vi.runAllTimers();
  expect(told).not.toHaveBeenCalled();
  for (const path of ['assets/index.js', 'index.html', 'assets/index.js']) await visit(path);
  vi.runAllTimers();
  expect(told).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test('the policy is the one that was designed, word for word', () => {
  expect(contentSecurityPolicy('NONCE').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-NONCE'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]);
});
