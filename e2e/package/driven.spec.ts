import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { drivenPackage } from '../driver/places.ts';
import { expectVersionCount, integrityOf, statusLine } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { insidesByKeys, insidesInMenu } from '../security/weakenings.ts';

const cairn = shareCairn(() => ({ packaged: drivenPackage }));

test('the packaged app brings the sample run and verifies it, in threads of its own', async () => {
  const { page, userData } = cairn();
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await expectVersionCount(page, 26);
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  await expect(statusLine(page)).toContainText('1 mismatch, 1 torn, 21 verified, 3 unsealed');
  const flipped = 'best_models/model_v0015_reward0.4347_20260302_123000.pt';
  await expect(integrityOf(page, flipped)).toHaveAttribute('data-integrity', 'mismatch');
  expect(await readdir(join(userData, 'Sample run', 'best_models'))).toHaveLength(33);
});

/** Nothing says that the tools do not open: so long they are waited for, and where they do open for as long as it takes. */
const patience = { foundClosed: 1500, foundOpen: 20_000 };

/** Whether the developer tools open, and what the menu can do. */
function lookForTools({ electron }: Cairn, wait: number) {
  return electron.evaluate(async ({ app, BrowserWindow, Menu }, ms) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const opening = new Promise((done) => contents?.once('devtools-opened', () => done(null)));
    contents?.openDevTools();
    await Promise.race([opening, new Promise((done) => setTimeout(done, ms))]);
    const roles = (menu: Electron.Menu | null): string[] =>
      menu?.items.flatMap(({ role, submenu }) => [role ?? '', ...roles(submenu ?? null)]) ?? [];
    return {
      packaged: app.isPackaged,
      opened: contents?.isDevToolsOpened() ?? false,
      insides: roles(Menu.getApplicationMenu()).filter((role) => /devtools|reload/i.test(role)),
    };
  }, wait);
}

/** Each with Control or by itself, with Shift or without. */
const keys = ['F12', 'F5', 'R', 'I', 'J', 'U'].flatMap((keyCode) =>
  [[], ['control'], ['control', 'shift']].map((modifiers) => ({ keyCode, modifiers })),
);

/** Presses them as a keyboard does; says whether that opened the developer tools, and whether the page was loaded anew. */
function pressKeys({ electron }: Cairn, wait: number): Promise<{ opened: boolean; reloaded: boolean }> {
  return electron.evaluate(
    async ({ BrowserWindow }, { all, ms }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const outcome = { opened: false, reloaded: false };
      const heard = new Promise<void>((done) => {
        contents?.once('did-start-loading', () => {
          outcome.reloaded = true;
          if (outcome.opened) done();
        });
        contents?.once('devtools-opened', () => {
          outcome.opened = true;
          if (outcome.reloaded) done();
        });
      });
      for (const { keyCode, modifiers } of all)
        for (const type of ['keyDown', 'keyUp'] as const)
          contents?.sendInputEvent({ type, keyCode, modifiers: modifiers as 'control'[] });
      await Promise.race([heard, new Promise((done) => setTimeout(done, ms))]);
      return outcome;
    },
    { all: keys, ms: wait },
  );
}

test('32: the packaged app has no developer tools and nothing in its menu that leads to them', async () => {
  expect(await lookForTools(cairn(), patience.foundClosed)).toEqual({
    packaged: true,
    opened: false,
    insides: [],
  });
});

test('32: no key opens the developer tools or loads the page anew', async () => {
  expect(await pressKeys(cairn(), patience.foundClosed)).toEqual({ opened: false, reloaded: false });
});

test('control: an app that is not packaged, with what menus have by themselves, is found to have them', async () => {
  const app = await launchCairn({ app: await weakenApp(...insidesInMenu) });
  const found = await lookForTools(app, patience.foundOpen);
  expect(found).toMatchObject({ packaged: false, opened: true });
  expect(found.insides.map((role) => role.toLowerCase())).toEqual(['reload', 'toggledevtools']);
  await app.close();
});

test('control: keys that open them, or load the page anew, are found out', async () => {
  const app = await launchCairn({ app: await weakenApp(...insidesByKeys) });
  expect(await pressKeys(app, patience.foundOpen)).toEqual({ opened: true, reloaded: true });
  await app.close();
});
