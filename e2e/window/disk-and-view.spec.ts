import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { allIds, expectVersionCount } from '../driver/versions-table.ts';
import { best, recordsOf, second, showPage } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';

const { open } = openedRuns();

interface Seen {
  best: boolean;
  latest: boolean;
}

/** What the rows in and around the view say of their versions, by id. */
function rowsSeen(page: Page): Promise<Record<string, Seen>> {
  return page.locator('[role="row"][data-version-id]').evaluateAll((rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.getAttribute('data-version-id'),
        {
          best: row.getAttribute('data-best') === 'true',
          latest: row.getAttribute('data-latest') === 'true',
        },
      ]),
    ),
  );
}

/** A fresh look by another process finds the versions that the window shows, with the badges; what others verified meanwhile is not followed. */
async function expectAsOnDisk(page: Page, run: string): Promise<void> {
  const { versions } = asListing(await readJson(['ls', run]));
  await expectVersionCount(page, versions.length);
  expect((await allIds(page)).sort()).toEqual(versions.map(({ id }) => id).sort());
  await expect
    .poll(async () => {
      const seen = await rowsSeen(page);
      return versions
        .filter(({ id, is_best, is_latest }) => {
          const row = seen[id];
          return row && (row.best !== is_best || row.latest !== is_latest);
        })
        .map(({ id }) => id);
    })
    .toEqual([]);
}

test('after whatever others do to a run the window shows the versions, badges, trash and backups of the disk', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const acts: (() => Promise<unknown>)[] = [
    () => saveVersion(run, { version: 40, reward: 0.9, metrics: { sharpe: 9 } }),
    () => readJson(['backup', run, 'v11', 'v2']),
    () => readJson(['trash', run, 'v2']),
    () => readJson(['undo', run]),
    () => rm(join(run, best)),
    () => readJson(['restore', run, 'before-overwrite']),
    () => readJson(['prune', run, '--keep-best', '3', '--yes']),
    () => readJson(['undo', run]),
    () => rm(join(run, second)),
  ];
  await expectAsOnDisk(page, run);
  for (const act of acts) {
    await act();
    await expectAsOnDisk(page, run);
  }
  const { operations } = (await readJson(['trash', run])) as { operations: unknown[] };
  await expect(recordsOf(await showPage(page, 'Trash'))).toHaveCount(operations.length);
  const { backups } = (await readJson(['backups', run])) as { backups: unknown[] };
  await expect(recordsOf(await showPage(page, 'Backups'))).toHaveCount(backups.length);
});
