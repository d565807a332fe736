import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { startWebServer, type WebServer } from '../driver/web-server.ts';
import {
  followsDrops,
  noContentPolicy,
  noNavigationBlock,
  noRedirectBlock,
  noRequestFilter,
  noWindowBlock,
  webviewAllowed,
} from './weakenings.ts';

const home = 'app://cairn/index.html';
let web: WebServer;
test.beforeAll(async () => {
  web = await startWebServer();
});
test.afterAll(() => web.close());

const cairn = shareCairn(() => ({}));

/** Ways to leave a page, done in the page. */
const ways: Record<string, (url: string) => void> = {
  'a link': (url) => {
    const link = Object.assign(document.createElement('a'), { href: url });
    document.body.append(link);
    link.click();
  },
  'location.href': (url) => {
    location.href = url;
  },
  'location.assign': (url) => location.assign(url),
  'location.replace': (url) => location.replace(url),
  'meta refresh': (url) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0;url=${url}`;
    document.head.append(meta);
  },
  'a form': (url) => {
    const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
    document.body.append(form);
    form.submit();
  },
  'a link for the whole frame tree': (url) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_top' });
    document.body.append(link);
    link.click();
  },
};

/** What the window shows, as main knows it, and how many windows there are. */
function whereabouts({ electron }: Cairn): Promise<{ url: string | undefined; contents: number }> {
  return electron.evaluate(({ BrowserWindow, webContents }) => ({
    url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    contents: webContents.getAllWebContents().length,
  }));
}

/** The page that is there once nothing of it is on its way any more, until then null: who leaves it earlier makes the next load fail. */
function loadedPage({ electron }: Cairn): Promise<string | null> {
  return electron.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows()[0]?.webContents;
    return shown && !shown.isLoading() ? shown.getURL() : null;
  });
}

/** Waits until main has answered, so that a navigation that was going to happen would have begun. */
async function settle({ page }: Cairn): Promise<void> {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
}

/** Puts a link into the page, over everything. */
async function addLink({ page }: Cairn, to: string): Promise<Locator> {
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), {
      href: url,
      textContent: 'a way out',
      id: 'way-out',
    });
    Object.assign(link.style, { position: 'fixed', top: '0', left: '0', zIndex: '9999' });
    document.body.append(link);
  }, to);
  return page.locator('#way-out');
}

test('16, 18: neither a middle click nor a shift-click or ctrl-click on a link opens anything', async () => {
  const app = cairn();
  const link = await addLink(app, `${web.url}/`);
  await link.click({ button: 'middle' });
  await link.click({ modifiers: ['Shift'] });
  await link.click({ modifiers: ['ControlOrMeta'] });
  await settle(app);
  expect(await whereabouts(app)).toEqual({ url: home, contents: 1 });
  expect(web.hits).toEqual([]);
});

test('16: no link, location, refresh or form leaves the page, wherever it leads', async () => {
  const app = cairn();
  const targets = [
    `${web.url}/`,
    'file:///etc/hostname',
    'data:text/html,x',
    'app://evil/index.html',
    'javascript:document.write(1)',
  ];
  for (const [way, go] of Object.entries(ways)) {
    for (const target of targets) {
      await app.page.evaluate(go, target);
      await settle(app);
      expect([way, target, await whereabouts(app)]).toEqual([way, target, { url: home, contents: 1 }]);
    }
  }
  expect(web.hits).toEqual([]);
  expect(app.log.join('\n')).toMatch(/blocked (frame )?navigation/);
  expect(await app.page.evaluate(() => document.body.textContent)).toContain('Open folder…');
});

/** Drops something on the middle of the window, as a person would. */
async function drop({ page }: Cairn, data: { items: object[]; files?: string[] }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 500,
      y: 500,
      data: { ...data, dragOperationsMask: 1 },
    } as never);
}

const linkTo = (url: string) => ({ items: [{ mimeType: 'text/uri-list', data: url }] });

test('16: dropping a link or a page on the window leaves it where it is', async () => {
  const app = cairn();
  const file = join(await tempFolder('dropped'), 'page.html');
  await writeFile(file, '<title>dropped</title>');
  for (const data of [linkTo(`${web.url}/`), { items: [], files: [file] }]) {
    await drop(app, data);
    await settle(app);
    expect(await whereabouts(app)).toEqual({ url: home, contents: 1 });
  }
  expect(web.hits).toEqual([]);
});

test('16: a page cannot go back to where it never was, nor pretend to be elsewhere', async () => {
  const app = cairn();
  const pretended = await app.page.evaluate(() => {
    history.back();
    history.forward();
    try {
      history.pushState(null, '', 'app://evil/index.html');
      return location.href;
    } catch {
      return 'refused';
    }
  });
  expect(pretended).toBe('refused');
  await settle(app);
  expect(await whereabouts(app)).toEqual({ url: home, contents: 1 });
});

const openings: Record<string, (url: string) => void> = {
  'window.open': (url) => void window.open(url),
  'a named window': (url) => void window.open(url, 'named'),
  noopener: (url) => void window.open(url, '_blank', 'noopener'),
  'a window with features': (url) => void window.open(url, '', 'width=200,nodeIntegration=1'),
  'target=_blank': (url) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
    document.body.append(link);
    link.click();
  },
};

test('18: no form of window.open makes a window', async () => {
  const app = cairn();
  for (const [form, open] of Object.entries(openings)) {
    for (const target of [`${web.url}/`, 'about:blank', home]) {
      await app.page.evaluate(open, target);
      await settle(app);
      expect([form, target, await whereabouts(app)]).toEqual([form, target, { url: home, contents: 1 }]);
    }
  }
  expect(app.log.join('\n')).toContain('blocked a new window');
});

function addWebview(url: string): void {
  const view = document.createElement('webview');
  view.setAttribute('src', url);
  view.setAttribute('nodeintegration', '');
  document.body.append(view);
}

test('19: a webview element stays an empty element', async () => {
  const app = cairn();
  await app.page.evaluate(addWebview, `${web.url}/`);
  await settle(app);
  expect(await whereabouts(app)).toEqual({ url: home, contents: 1 });
  expect(web.hits).toEqual([]);
});

test('17: frames and redirects are stopped by their own guards too', async () => {
  const app = await launchCairn({ app: await weakenApp(...noContentPolicy, ...noRequestFilter) });
  await app.page.evaluate((url) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
  }, `${web.url}/frame`);
  await expect.poll(() => app.log.join('\n')).toContain('blocked frame navigation');
  await app.close();
  const led = await launchCairn({
    app: await weakenApp(...noNavigationBlock, ...noContentPolicy, ...noRequestFilter),
  });
  await led.page.evaluate(ways['location.href'] as (url: string) => void, `${web.url}/redirect`);
  await expect.poll(() => led.log.join('\n')).toContain('blocked redirect');
  expect(web.hits).not.toContain('/landed');
  expect(web.hits).not.toContain('/frame');
  await led.close();
});

const noGuards = [
  ...noNavigationBlock,
  ...noRedirectBlock,
  ...noWindowBlock,
  ...webviewAllowed,
  ...noRequestFilter,
  ...noContentPolicy,
];

async function expectHit(path: string): Promise<void> {
  await expect.poll(() => web.hits).toContain(path);
}

test('control: without these guards frames, windows and webviews are made', async () => {
  const app = await launchCairn({ app: await weakenApp(...noGuards) });
  await app.page.evaluate((url) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
  }, `${web.url}/in-a-frame`);
  await expectHit('/in-a-frame');
  await app.page.evaluate(addWebview, `${web.url}/in-a-webview`);
  await expectHit('/in-a-webview');
  const before = (await whereabouts(app)).contents;
  for (const [index, open] of Object.values(openings).entries()) {
    await app.page.evaluate(open, `${web.url}/in-a-window-${index}`);
    await expectHit(`/in-a-window-${index}`);
  }
  const link = await addLink(app, `${web.url}/clicked`);
  await link.click({ button: 'middle' });
  await expectHit('/clicked');
  expect((await whereabouts(app)).contents).toBe(before + Object.keys(openings).length + 1);
  await app.close();
});

test('control: a window that follows drops goes where a link leads that is dropped on it', async () => {
  const app = await launchCairn({ app: await weakenApp(...noGuards, ...followsDrops) });
  await drop(app, linkTo(`${web.url}/dropped`));
  await expectHit('/dropped');
  await expect.poll(async () => (await whereabouts(app)).url).toBe(`${web.url}/dropped`);
  await app.close();
});

test('control: without these guards every way leads out of the page', async () => {
  const app = await launchCairn({ app: await weakenApp(...noGuards) });
  const leave = async (go: (url: string) => void, path: string) => {
    const code = `(${go})(${JSON.stringify(web.url + path)})`;
    await app.electron.evaluate(
      async ({ BrowserWindow }, { start, attack }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        await contents?.loadURL(start);
        // Not awaited: a page that is left at once cannot answer any more.
        void contents?.executeJavaScript(attack, true).catch(() => undefined);
      },
      { start: home, attack: code },
    );
    await expectHit(path);
    await expect.poll(() => loadedPage(app)).toMatch(/^http:/);
  };
  for (const [index, go] of Object.values(ways).entries()) await leave(go, `/away-${index}`);
  await leave(ways['location.href'] as (url: string) => void, '/redirect');
  await expectHit('/landed');
  await app.close();
});
