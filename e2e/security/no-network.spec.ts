import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { electronPath } from '../driver/places.ts';
import { runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, queryBox, selectVersion, statusLine } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { namesLookedUp, spellingChecked } from './weakenings.ts';

test.skip(process.platform !== 'linux', 'only Linux has strace and namespaces');

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

/** An Electron all of whose processes are watched as they speak to others; where what they say is written down. */
async function watchedElectron(): Promise<{ electron: string; calls: () => Promise<string[]> }> {
  const folder = await tempFolder('watched');
  const [electron, trace] = [join(folder, 'electron'), join(folder, 'calls')];
  const strace = `strace -f --seccomp-bpf -qq -s 200 -e trace=connect,sendto,sendmsg,sendmmsg -o '${trace}'`;
  await writeFile(electron, `#!/bin/sh\nexec ${strace} '${electronPath()}' "$@"\n`);
  await chmod(electron, 0o755);
  return { electron, calls: async () => (await readFile(trace, 'utf8')).split('\n') };
}

/** Calls that leave this machine, or would: all but those to sockets of the file system and to the kernel. */
const outgoing = (calls: readonly string[]) =>
  calls.filter(
    (call) => /sa_family=AF_INET6?/.test(call) && !/sin_addr=inet_addr\("127\.0\.0\.1"\)/.test(call),
  );

/** Everything that a person does in a day. */
async function work({ page, electron }: Cairn, run: string): Promise<void> {
  await expectVersionCount(page, 26);
  await electron.evaluate(({ shell }) => Object.assign(shell, { showItemInFolder: () => undefined }));
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(statusLine(page)).toContainText('21 verified');
  const details = await selectVersion(page, best);
  await details.getByRole('tab', { name: 'Contents' }).click();
  await expect(page.getByRole('treegrid')).toBeVisible();
  await queryBox(page).fill('reward > 0.4');
  await queryBox(page).fill('');
  await page.getByRole('complementary', { name: 'Details' }).getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('textbox', { name: 'Note' }).pressSequentially('worsd');
  await page.getByRole('button', { name: 'Back up…', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'About', exact: true }).click();
  await page.getByRole('dialog', { name: /About/ }).waitFor();
  await page.keyboard.press('Escape');
  expect((await runCli(['ls', run])).code).toBe(0);
}

test('26: of all its processes none speaks to a network, through a whole day of work', async () => {
  const run = await copySampleRun();
  const { electron, calls } = await watchedElectron();
  const app = await launchCairn({ executable: electron, runs: [run] });
  await work(app, run);
  await app.close();
  const all = await calls();
  expect(all.length).toBeGreaterThan(20);
  expect(outgoing(all)).toEqual([]);
});

test('control: words that are looked up in a list from elsewhere are found out', async () => {
  const { electron, calls } = await watchedElectron();
  const run = await copySampleRun();
  const app = await launchCairn({
    executable: electron,
    app: await weakenApp(...spellingChecked, ...namesLookedUp),
    runs: [run],
  });
  await work(app, run);
  await app.close();
  expect(outgoing(await calls())).not.toEqual([]);
});
