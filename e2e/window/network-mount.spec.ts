import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { shareCairn } from '../driver/launch-cairn.ts';
import { startAgain } from '../driver/opened-runs.ts';
import { quietMounts } from '../driver/quiet-mount.ts';
import { runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, rowOf, statusLine } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const mount = quietMounts();
const cairn = shareCairn(async () => ({ runs: [] }));

test('a run on a network mount is looked at again every few seconds, which the status line says', async () => {
  const { page, electron } = cairn();
  const run = await copySampleRun();
  const mounted = join(await tempFolder('mount'), 'run');
  await mount(run, mounted);
  await startAgain(electron, [mounted]);
  await expectVersionCount(page, 26);
  await expect(statusLine(page)).toContainText('Checking every few seconds');
  await expect(statusLine(page)).toContainText('FUSE mount');
  const { id } = await saveVersion(run, { version: 40, reward: 0.9 });
  await expect(rowOf(page, id)).toBeVisible({ timeout: 15_000 });
  await expect(rowOf(page, id)).toHaveAttribute('data-latest', 'true');

  // It is mounted read-only: what would write says so, and nothing is changed.
  const { code, stderr } = await runCli(['trash', mounted, id]);
  expect({ code, isOneLine: /^cairn: [^\n]+\n$/.test(stderr) }).toEqual({ code: 3, isOneLine: true });
});
