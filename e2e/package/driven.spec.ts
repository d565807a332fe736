import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { drivenPackage } from '../driver/places.ts';
import { expectVersionCount, integrityOf, statusLine } from '../driver/versions-table.ts';

const cairn = shareCairn(() => ({ packaged: drivenPackage }));

test('the packaged app brings the sample run and verifies it, in threads of its own', async () => {
  const { page, userData } = cairn();
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await expectVersionCount(page, 26);
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  await expect(statusLine(page)).toContainText('21 verified, 3 unsealed, 1 mismatch, 1 torn');
  const flipped = 'best_models/model_v0015_reward0.4347_20260302_123000.pt';
  await expect(integrityOf(page, flipped)).toHaveAttribute('data-integrity', 'mismatch');
  expect(await readdir(join(userData, 'Sample run', 'best_models'))).toHaveLength(33);
});

test('32: the packaged app has no developer tools and nothing in its menu that leads to them', async () => {
  const { electron } = cairn();
  const found = await electron.evaluate(({ app, BrowserWindow, Menu }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.openDevTools();
    const roles = (menu: Electron.Menu | null): string[] =>
      menu?.items.flatMap(({ role, submenu }) => [role ?? '', ...roles(submenu ?? null)]) ?? [];
    return {
      packaged: app.isPackaged,
      opened: contents?.isDevToolsOpened(),
      roles: roles(Menu.getApplicationMenu()),
    };
  });
  expect(found).toMatchObject({ packaged: true, opened: false });
  expect(found.roles.map((role) => role.toLowerCase())).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/devtools|reload/)]),
  );
});

test('32: no key opens the developer tools or loads the page anew', async () => {
  const { electron, page } = cairn();
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  for (const key of [
    'F12',
    'F5',
    'ControlOrMeta+r',
    'ControlOrMeta+Shift+r',
    'ControlOrMeta+Shift+i',
    'ControlOrMeta+Shift+j',
    'ControlOrMeta+u',
  ])
    await page.keyboard.press(key);
  const opened = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.isDevToolsOpened()),
  );
  expect(opened).toEqual([false]);
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
});
