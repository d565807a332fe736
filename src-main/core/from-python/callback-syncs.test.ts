import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { PythonSaver, pythonTimeout } from './python-saver.fixture.ts';

describe.runIf(hasTorch)('a save of examples/cairn_callback.py', { timeout: pythonTimeout }, () => {
  let python: PythonSaver;
  beforeAll(() => {
    python = new PythonSaver();
  });
  afterAll(() => python.kill());

  test.each([true, false])(
    'has bytes on the medium before their name comes, and each name before the next, with links: %s',
    async (links) => {
      const run = join(temporaryFolder(), 'run');
      const said = await python.order('syncs', { run, links });
      const path = join(run, 'checkpoints/checkpoint.pt');
      const folder = 'sync checkpoints';
      expect(said).toEqual([
        ...['sync ..', 'sync .'],
        ...['checkpoint.pt', folder, 'checkpoint.json', folder, path],
        ...['checkpoint.pt.backup', 'checkpoint.json goes', folder],
        ...['checkpoint.pt', folder, 'checkpoint.json', folder, path],
      ]);
    },
  );

  test('of which the disk kept but a part fails, and leaves nothing', async () => {
    const run = temporaryFolder();
    const [failed] = await python.order('short_disk', { run });
    expect(failed).toMatch(/^OSError: \[Errno 5\] the disk kept \d+ of \d+ bytes/);
    expect(readdirSync(join(run, 'checkpoints'))).toEqual([]);
  });
});
