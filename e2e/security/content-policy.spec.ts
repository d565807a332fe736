import { expect, type Page, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { startWebServer, type WebServer } from '../driver/web-server.ts';
import { noContentPolicy, noRequestFilter } from './weakenings.ts';

let web: WebServer;
test.beforeAll(async () => {
  web = await startWebServer();
});
test.afterAll(() => web.close());

const cairn = shareCairn(() => ({}));

/** In the page: attempts each thing that the policy forbids; gives what worked, and the directives that were violated. */
async function attack(url: string): Promise<{ worked: string[]; violated: string[] }> {
  const page = window as unknown as Record<string, unknown>;
  const violated: string[] = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    violated.push(effectiveDirective),
  );
  const worked: string[] = [];
  const note = (what: string) => () => void worked.push(what);
  const loads = (what: string, element: HTMLElement) => {
    element.addEventListener('load', note(what));
    document.head.append(element);
  };
  const attempt = (what: string, act: () => unknown) => {
    try {
      if (act() !== false) worked.push(what);
    } catch {
      // Refused, as it should be.
    }
  };
  // What Playwright runs may use eval until it first waits; a real attack may not.
  await new Promise((done) => setTimeout(done));
  // biome-ignore lint/security/noGlobalEval: it is the attack
  attempt('eval', () => globalThis.eval('1 + 1') === 2);
  attempt('new Function', () => new Function('return 1')() === 1);
  attempt('inline script', () => {
    const script = document.createElement('script');
    script.text = 'window.inlineRan = true';
    document.head.append(script);
    return page['inlineRan'] === true;
  });
  attempt('inline handler', () => {
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.handlerRan = true');
    document.body.append(button);
    button.click();
    return page['handlerRan'] === true;
  });
  attempt('HTML from a string', () => {
    document.createElement('div').innerHTML = '<b>x</b>';
  });
  attempt('inline style', () => {
    const style = document.createElement('style');
    style.append('body { --from-inline: 1 }');
    document.head.append(style);
    return getComputedStyle(document.body).getPropertyValue('--from-inline') !== '';
  });
  attempt('script from elsewhere', () => {
    loads('script loaded', Object.assign(document.createElement('script'), { src: `${url}/x.js` }));
    return false;
  });
  loads('image', Object.assign(document.createElement('img'), { src: `${url}/x.png` }));
  loads(
    'style sheet',
    Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/x.css` }),
  );
  await import(`${url}/module.js`).then(note('module from elsewhere'), () => undefined);
  attempt('worker', () => {
    new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = note('worker ran');
    return false;
  });
  attempt('web socket', () => {
    new WebSocket(url.replace('http', 'ws')).onerror = () => undefined;
    return false;
  });
  await fetch(url, { mode: 'no-cors' }).then(note('fetch'), () => undefined);
  await new FontFace('x', `url(${url}/x.woff)`).load().then(note('font'), () => undefined);
  await new Promise((done) => setTimeout(done, 500));
  return { worked, violated: [...new Set(violated)].sort() };
}

function headersOf(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const answers = await Promise.all(['/index.html'].map((path) => fetch(path)));
    return Object.fromEntries(answers[0]?.headers.entries() ?? []);
  });
}

test('23: the policy is on every document, with a fresh nonce each time', async () => {
  const { page } = cairn();
  const [first, second] = [await headersOf(page), await headersOf(page)];
  const policy = first['content-security-policy'] ?? '';
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy).toContain(directive);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).not.toBe(second['content-security-policy']);
  expect(first).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  });
});

test('23: inline code, eval, foreign scripts, images, fonts, styles, sockets and workers are all refused', async () => {
  const { worked, violated } = await cairn().page.evaluate(attack, web.url);
  expect(worked).toEqual([]);
  for (const directive of [
    'connect-src',
    'font-src',
    'img-src',
    'require-trusted-types-for',
    'script-src-elem',
    'style-src-elem',
  ])
    expect(violated).toContain(directive);
  expect(web.hits).toEqual([]);
});

test('control: without the policy and the filter of requests they work', async () => {
  const app = await launchCairn({ app: await weakenApp(...noContentPolicy, ...noRequestFilter) });
  const { worked, violated } = await app.page.evaluate(attack, web.url);
  expect(worked).toEqual(
    expect.arrayContaining([
      'eval',
      'new Function',
      'inline script',
      'inline handler',
      'inline style',
      'worker ran',
      'HTML from a string',
    ]),
  );
  expect(violated).toEqual([]);
  expect(web.hits.length).toBeGreaterThan(2);
  await app.close();
});
