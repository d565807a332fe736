import { truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchNotes } from '../formats/fixtures/write-notes.ts';
import { RunReader } from '../run-reader.ts';
import { settleBadges } from './settle-badges.ts';

async function open(run: string): Promise<RunReader> {
  const reader = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => reader.close());
  await reader.look();
  return reader;
}

/** A model whose file was torn before its sidecar was written: nothing on record speaks against it. */
function saveTorn(run: string, version: number): string {
  const id = saveModel(run, version, {
    elements: 40,
    sidecar: { file_size_bytes: 500, checksum: 'a'.repeat(64) },
  });
  truncateSync(join(run, id), 500);
  utimesSync(join(run, id), 1000, 1000);
  return id;
}

const badgesOf = (reader: RunReader) => ({
  best: reader.versions().find(({ is_best }) => is_best)?.id,
  latest: reader.versions().find(({ is_latest }) => is_latest)?.id,
});

describe('badges that were settled', () => {
  test.each([1, 2, 9])('pass over %d torn files at the top, as best and latest do', async (torn) => {
    const run = temporaryFolder();
    const good = saveModel(run, 1);
    saveModel(run, 0, { reward: 0.01 });
    for (let version = 2; version < 2 + torn; version += 1) saveTorn(run, version);
    const reader = await open(run);
    expect(badgesOf(reader).best).not.toBe(good);
    expect(await settleBadges(reader, 500)).toBe(0);
    expect(badgesOf(reader)).toEqual({ best: good, latest: good });
    const told = await open(run);
    expect([(await told.best()).id, (await told.latest()).id]).toEqual([good, good]);
  });

  test('are none where every file is torn', async () => {
    const run = temporaryFolder();
    for (const version of [1, 2, 3]) saveTorn(run, version);
    const reader = await open(run);
    await settleBadges(reader, 500);
    expect(badgesOf(reader)).toEqual({ best: undefined, latest: undefined });
  });

  test('go by what files without a sidecar say, unless these are too many to open: then it is told how many', async () => {
    const run = temporaryFolder();
    const listed = saveModel(run, 1);
    const [bare, other] = ['a', 'b'].map((name, index) => {
      const id = `checkpoints/${name}.pt`;
      const said = writeTorchNotes({
        metadata: { reward: 5 - index, version: 9 - index, timestamp: '2030-01-01T00:00:00' },
      });
      utimesSync(put(run, id, said), 1000, 1000);
      return id;
    });
    const reader = await open(run);
    expect(await settleBadges(reader, 1)).toBe(2);
    expect(badgesOf(reader)).toEqual({ best: listed, latest: listed });
    expect(await settleBadges(reader, 2)).toBe(0);
    expect(badgesOf(reader)).toEqual({ best: bare, latest: bare });
    expect(reader.version(String(other))).toMatchObject({ version: 8, metadata_source: 'contents' });
  });
});
