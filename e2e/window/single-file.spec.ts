import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Locator, type Page, test } from '@playwright/test';
import { answerSaveDialog, openTensor } from '../driver/contents-tab.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { builtApp, electronPath, sandboxFlags } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, rowOf } from '../driver/versions-table.ts';
import { commandOf, contents, turnOneBit } from '../driver/written-run.ts';
import { copySampleRun, makeEdgeRun } from '../fixtures/copy-runs.ts';

const fixtures = new URL('../fixtures/formats/', import.meta.url);

let cairn: Cairn;
test.afterEach(() => cairn.close());

/** A checkpoint in a folder of its own, where no run keeps any. */
async function loneFile(name = 'views.pt'): Promise<string> {
  const folder = join(await tempFolder('lone'), 'downloads');
  await mkdir(folder);
  await copyFile(new URL(name, fixtures), join(folder, name));
  return join(folder, name);
}

async function start(...runs: string[]): Promise<Page> {
  cairn = await launchCairn({ runs });
  return cairn.page;
}

/** What the system's dialog will answer. */
async function answerOpenDialog(electron: ElectronApplication, ...paths: string[]): Promise<void> {
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
  }, paths);
}

async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = { x: 600, y: 400, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at });
}

const contentsOf = (page: Page): Locator => page.getByRole('region', { name: 'Contents' });
const factsOf = (page: Page): Locator => page.getByRole('region', { name: 'This file' });
const sidebarOf = (page: Page): Locator => page.getByRole('navigation', { name: 'Runs' });

async function expectAlone(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('grid', { name: /version/ })).toHaveCount(0);
}

test('a file of no run that is named at the start is shown by itself, and its folder is left as it was', async () => {
  const file = await loneFile();
  const before = await readdir(join(file, '..'));
  const page = await start(file);
  await expectAlone(page, 'views.pt');
  await expect(contentsOf(page).getByRole('region', { name: 'Loading it' })).toBeVisible();
  await expect(contentsOf(page).locator('[data-tensor]').first()).toBeVisible();
  await expect(factsOf(page)).toContainText(file);
  expect(await page.title()).toBe('views.pt – Cairn');
  await factsOf(page).getByRole('button', { name: 'Verify' }).click();
  const checksum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  await expect(factsOf(page)).toContainText(checksum);
  await expect(factsOf(page).locator('[data-state="unsealed"]').first()).toBeVisible();
  await factsOf(page).getByRole('button', { name: 'Copy checksum' }).click();
  await expect(factsOf(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await cairn.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(checksum);
  expect(await readdir(join(file, '..'))).toEqual(before);
});

test('a folder that is a checkpoint, under a name of somebody’s own, is shown by itself', async () => {
  const folder = join(await tempFolder('lone'), 'walker');
  await cp(new URL('../fixtures/layouts/rllib/checkpoint_000001', import.meta.url), folder, {
    recursive: true,
  });
  const before = await readdir(folder);
  const page = await start(folder);
  await expectAlone(page, 'algorithm_state.pkl');
  await expect(factsOf(page)).toContainText(folder);
  expect(await readdir(folder)).toEqual(before);
});

test('a version that is named at the start is shown in its run, in view, with its details', async () => {
  const run = await copySampleRun();
  const versions = (await readdir(join(run, 'best_models'))).filter((name) => name.endsWith('.pt')).sort();
  const id = `best_models/${versions[0]}`;
  const page = await start(join(run, id));
  await expectVersionCount(page, 26);
  await expect(rowOf(page, id)).toHaveAttribute('aria-selected', 'true');
  await expect(rowOf(page, id)).toBeInViewport();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText(versions[0] ?? '');
  await expect(sidebarOf(page).getByText(versions[0] ?? '', { exact: true })).toHaveCount(0);
});

test('a second start shows a version in the run that is open, whatever page and filter hide it', async () => {
  const run = await copySampleRun();
  const page = await start(run);
  await expectVersionCount(page, 26);
  await page.getByRole('combobox', { name: 'Filter versions' }).fill('reward > 1000');
  await page.getByRole('tab', { name: 'Side by side' }).click();
  const [name = ''] = (await readdir(join(run, 'checkpoints'))).filter((each) => each.endsWith('.pt'));
  const args = [
    ...sandboxFlags(),
    builtApp,
    `--user-data-dir=${cairn.userData}`,
    join(run, 'checkpoints', name),
  ];
  const second = spawn(electronPath(), args, { stdio: 'ignore' });
  expect(await new Promise((done) => second.once('exit', done))).toBe(0);
  await expect(rowOf(page, `checkpoints/${name}`)).toHaveAttribute('aria-selected', 'true');
  await expect(rowOf(page, `checkpoints/${name}`)).toBeInViewport();
  await expectVersionCount(page, 26);
});

test('a file is dropped, one is chosen; both stand in the sidebar, are closed, and are known again', async () => {
  const [dropped, chosen] = [await loneFile(), await loneFile('sb3.zip')];
  const page = await start();
  await drop(page, dropped);
  await expectAlone(page, 'views.pt');
  await answerOpenDialog(cairn.electron, chosen);
  await page.keyboard.press('Control+Shift+O');
  await expectAlone(page, 'sb3.zip');
  await sidebarOf(page).getByRole('button', { name: 'views.pt', exact: true }).click();
  await expectAlone(page, 'views.pt');
  await sidebarOf(page).getByRole('button', { name: 'Close views.pt' }).click();
  await expectAlone(page, 'sb3.zip');
  await sidebarOf(page).getByRole('button', { name: 'Close sb3.zip' }).click();
  const recents = page.getByRole('region', { name: 'Recent runs' });
  await recents.getByText('views.pt', { exact: true }).click();
  await expectAlone(page, 'views.pt');
});

test('the same file is opened once, and nothing is opened where the person thinks better of it', async () => {
  const file = await loneFile();
  const page = await start(file);
  await drop(page, file);
  await answerOpenDialog(cairn.electron);
  await cairn.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find(({ label }) => label === 'Open File…')?.click();
  });
  await expectAlone(page, 'views.pt');
  await expect(sidebarOf(page).getByRole('button', { name: 'views.pt', exact: true })).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a tensor of a lone file is exported, byte for byte as of a version', async () => {
  const file = await loneFile('one_tensor.pt');
  const page = await start(file);
  const target = join(await tempFolder('exported'), 'tensor.npy');
  await answerSaveDialog(cairn, target);
  const label = await contentsOf(page).locator('[data-tensor]').first().getAttribute('data-tensor');
  const dialog = await openTensor(page, contentsOf(page), label ?? '');
  await dialog.getByRole('button', { name: 'Export as .npy…' }).click();
  await expect(dialog.getByText(/^Wrote tensor\.npy/)).toBeVisible();
  expect((await readFile(target)).subarray(1, 6).toString()).toBe('NUMPY');
});

test('a lone file is compared with another that the system asks for', async () => {
  const run = await copySampleRun();
  const folder = await tempFolder('pair');
  const [a = '', b = ''] = (await readdir(join(run, 'best_models'))).filter((name) => name.endsWith('.pt'));
  await copyFile(join(run, 'best_models', a), join(folder, 'a.pt'));
  await copyFile(join(run, 'best_models', b), join(folder, 'b.pt'));
  const page = await start(join(folder, 'a.pt'));
  await answerOpenDialog(cairn.electron, join(folder, 'b.pt'));
  await factsOf(page).getByRole('button', { name: 'Compare with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare weights' });
  await expect(dialog).toContainText('b.pt');
  await expect(dialog).toContainText(/\d+ changed, \d+ identical/);
  expect(await commandOf(dialog)).toBe(`cairn diff ${join(folder, 'a.pt')} ${join(folder, 'b.pt')}`);
});

test('what a checksum beside it says is compared, and a changed byte is told', async () => {
  const file = await loneFile();
  const checksum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  await writeFile(join(file, '../SHA256SUMS'), `${checksum}  views.pt\n`);
  const page = await start(file);
  await expect(factsOf(page)).toContainText('on record, not compared yet');
  await factsOf(page).getByRole('button', { name: 'Verify' }).click();
  await expect(factsOf(page).locator('[data-state="verified"]').first()).toBeVisible();
  await turnOneBit(file);
  await factsOf(page).getByRole('button', { name: 'Verify' }).click();
  await expect(factsOf(page).locator('[data-state="torn"], [data-state="mismatch"]').first()).toBeVisible();
});

test.describe('a file that may not be read', () => {
  test.skip(process.getuid?.() === 0, 'root may read everything');

  test('is told, with what to do', async () => {
    const file = await loneFile();
    await chmod(file, 0);
    const page = await start(file);
    await expect(page.getByRole('alert')).toContainText(/No permission.*\. Name the folder/);
  });
});

test.describe('what is no whole checkpoint is told in one line, with what to do', () => {
  test('nothing there, and a device', async () => {
    const page = await start('/nothing/here.pt', '/dev/null');
    const alerts = page.getByRole('alert');
    await expect(
      alerts.filter({ hasText: /Cannot open \/nothing\/here\.pt.*It is not there\. Name/ }),
    ).toBeVisible();
    await expect(
      alerts.filter({ hasText: /\/dev\/null.*It is neither a folder nor a regular file/ }),
    ).toBeVisible();
  });

  test('a Git LFS pointer, a torn file and a text', async () => {
    const [edge, folder] = [await makeEdgeRun(), await tempFolder('strange')];
    for (const name of ['lfs_pointer.pt', 'torn.pt'])
      await copyFile(join(edge, 'checkpoints', name), join(folder, name));
    await writeFile(join(folder, 'notes.txt'), 'just some words\n');
    const page = await start(join(folder, 'lfs_pointer.pt'));
    const problems = contentsOf(page).getByRole('region', { name: 'Problems of the file' });
    await expect(problems).toContainText('Git LFS pointer');
    await expect(problems).toContainText('git lfs pull');
    await drop(page, join(folder, 'torn.pt'));
    await expectAlone(page, 'torn.pt');
    await expect(problems).toBeVisible();
    await drop(page, join(folder, 'notes.txt'));
    await expectAlone(page, 'notes.txt');
    await expect(problems).toContainText('not a checkpoint');
  });
});

test('a file of no version has nothing done to it, and it is said why', async () => {
  const file = join(await tempFolder('mistake'), 'list.csv');
  await writeFile(file, 'step,reward\n1,2\n');
  const page = await start(file);
  for (const name of ['Verify', 'Compare with…', 'Convert…']) {
    const button = factsOf(page).getByRole('button', { name });
    await expect(button).toBeDisabled();
    await button.hover();
    await expect(page.getByRole('tooltip', { name: 'Cairn finds no checkpoint in this file' })).toBeVisible();
  }
});

test('a file among others of a folder is told to be of a run, and is shown there', async () => {
  const file = await loneFile();
  await copyFile(file, join(file, '../another.pt'));
  const page = await start(file);
  await expect(factsOf(page)).toContainText('It is a version of the run downloads');
  await factsOf(page).getByRole('button', { name: 'Open the run' }).click();
  await expectVersionCount(page, 2);
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('views');
});

test('a file that goes while it is shown is told as gone, and found again where it went', async () => {
  const file = await loneFile();
  const page = await start(file);
  const elsewhere = join(await tempFolder('moved'), 'renamed.pt');
  await rename(file, elsewhere);
  await cairn.electron.evaluate(({ app, BrowserWindow }) =>
    app.emit('browser-window-focus', {}, BrowserWindow.getAllWindows()[0]),
  );
  await expect(factsOf(page).getByRole('alert')).toContainText('The file is gone');
  await expect(factsOf(page).getByRole('button', { name: 'Verify' })).toBeDisabled();
  await sidebarOf(page).getByRole('button', { name: 'Close views.pt' }).click();
  const recents = page.getByRole('region', { name: 'Recent runs' });
  await expect(recents).toContainText('file not found');
  await answerOpenDialog(cairn.electron, elsewhere);
  await recents.getByRole('button', { name: 'Find views.pt…' }).click();
  await expectAlone(page, 'renamed.pt');
  const known = JSON.parse(await readFile(join(cairn.userData, 'recents.json'), 'utf8'));
  expect(known).toMatchObject([{ folder: elsewhere, kind: 'checkpoint' }]);
});

test('looking into a version of a run and verifying lone files leave every file as it was', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await start(join(run, 'checkpoints', 'checkpoint.pt'), await loneFile());
  await expectAlone(page, 'views.pt');
  await factsOf(page).getByRole('button', { name: 'Verify' }).click();
  await expect(factsOf(page).locator('[data-state="unsealed"]').first()).toBeVisible();
  expect(await contents(run)).toEqual(before);
  await rm(run, { recursive: true });
});

test('closing a file of no run leaves the table of all open runs on screen', async () => {
  const page = await start(await copySampleRun('ppo'), await copySampleRun('sac'), await loneFile());
  await page.getByRole('button', { name: /^All open runs/ }).click();
  await expectVersionCount(page, 52);
  await sidebarOf(page).getByRole('button', { name: 'Close views.pt' }).click();
  await expect(sidebarOf(page).getByRole('button', { name: 'Close views.pt' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'All open runs' })).toBeVisible();
  await expectVersionCount(page, 52);
});
