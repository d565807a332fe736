import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { PythonSaver, pythonTimeout } from './python-saver.fixture.ts';

let python: PythonSaver;

describe.runIf(hasTorch)('a save of examples/cairn_callback.py', { timeout: pythonTimeout }, () => {
  beforeAll(() => {
    python = new PythonSaver();
  });
  afterAll(() => python.kill());

  test('that is done where folders cannot be synced is no failure, and that is said once', async () => {
    const run = temporaryFolder();
    const saved = await python.order('unsyncable', { run, code: 'EINVAL' });
    expect(saved.map((line) => existsSync(line))).toEqual([true, true, false]);
    expect(saved[2]).toMatch(/^.*: folders cannot be synced here — .* power cut/);
    const again = await python.order('unsyncable', { run, code: 'ENOTSUP' });
    expect(again.map((line) => existsSync(line))).toEqual([true, true]);
  });

  test('fails where the disk does', async () => {
    const [failed] = await python.order('unsyncable', { run: temporaryFolder(), code: 'EIO' });
    expect(failed).toBe('OSError: [Errno 5] no such syncs');
  });

  test('that cannot empty the file of the lock is done, and holds nothing open', async () => {
    const [path = '', more] = await python.order('unlockable', { run: temporaryFolder() });
    expect(readFileSync(path).length).toBeGreaterThan(100);
    expect(more).toBe('0');
  });
});
