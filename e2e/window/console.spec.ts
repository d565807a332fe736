import { expect, test } from '@playwright/test';
import { launchCairn } from '../driver/launch-cairn.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

test('from the start to an open run the console has no word of an error or a warning', async () => {
  const cairn = await launchCairn({ runs: [await copySampleRun()] });
  await expectVersionCount(cairn.page, 26);
  const messages = await cairn.page.consoleMessages({ filter: 'all' });
  const told = messages.map((message) => `${message.type()}: ${message.text()}`);
  expect(told).toEqual([]);
  expect(await cairn.page.pageErrors({ filter: 'all' })).toEqual([]);
  await cairn.close();
});
