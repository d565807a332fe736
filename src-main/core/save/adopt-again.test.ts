import { cpSync, readdirSync, readlinkSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ModelManagerError, ModelValidationError } from '../errors.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { AdoptionFailures } from './adoption-failures.ts';
import { QuietFiles } from './quiet-files.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };

test('what could not be saved is tried again until it can, and its failure is told once', async () => {
  const disk = new FaultDisk(realDisk);
  const { folder, told, begin } = watchFolder('best', {}, disk);
  let failing = 2;
  disk.before = (call) => {
    if (!/^create .*best_models/.test(call) || failing === 0) return;
    failing -= 1;
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'write', path: call });
  };
  put(folder, 'model.pt', writeTorchZip([4]));
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  expect(failing).toBe(0);
  expect(told.failed).toEqual([expect.stringMatching(/^model\.pt: save failed/)]);
});

test('a save that fails while the watch is being ended is told all the same', async () => {
  const disk = new FaultDisk(realDisk);
  const { folder, told, begin } = watchFolder('best', {}, disk);
  let ended = Promise.resolve();
  put(folder, 'model.pt', writeTorchZip([4]));
  const end = begin();
  disk.before = (call) => {
    if (!/^create .*best_models/.test(call)) return;
    ended = end();
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'write', path: call });
  };
  await vi.waitFor(() => expect(told.failed).toHaveLength(1), soon);
  await ended;
});

test('whatever goes wrong with one file is told, and the next ones are adopted', async () => {
  const { folder, told, begin } = watchFolder('best');
  told.waiting.push = () => {
    throw new Error('nobody listens');
  };
  put(folder, 'a.pt', 'torn');
  begin();
  await vi.waitFor(() => expect(told.failed).toEqual(['a.pt: nobody listens']), soon);
  put(folder, 'b.pt', writeTorchZip([4]));
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
});

test('a folder with a file from a clock that is ahead is adopted', async () => {
  const { folder, told, begin } = watchFolder('checkpoint');
  const own = join(folder, 'checkpoint-500');
  cpSync(join(import.meta.dirname, '../../../e2e/fixtures/layouts/huggingface/checkpoint-500'), own, {
    recursive: true,
  });
  const inAnHour = Date.now() / 1000 + 3600;
  utimesSync(join(own, 'config.json'), inAnHour, inAnHour);
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
});

test('what is there before is numbered as it was written, whatever its names', async () => {
  const { folder, told, begin } = watchFolder('best');
  const names = ['epoch2.pt', 'last.pt', 'epoch10.pt', 'a.pt'];
  for (const [at, name] of names.entries())
    utimesSync(put(folder, name, writeTorchZip([at + 1])), 1000 + at, 1000 + at);
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(4), soon);
  expect(told.saved.map(({ from, version }) => `${version} ${from}`)).toEqual(
    names.map((name, at) => `${at + 1} ${name}`),
  );
});

test('the pause before another try grows; what only a change can fix is not tried again', () => {
  const told: string[] = [];
  const failures = new AdoptionFailures((path) => void told.push(path));
  const locked = () => new ModelManagerError('the run is locked — by process 7 — try again');
  const pauses = Array.from({ length: 8 }, () => failures.met('/a', locked()));
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  expect(failures.met('/b', locked())).toBe(1000);
  expect(failures.met('/c', new ModelValidationError('it is torn — so — fix it'))).toBeNull();
  expect(told).toEqual(['/a', '/b', '/c']);
  failures.met('/a', new ModelManagerError('no space for this save — 1 byte — free some'));
  failures.forget('/a');
  expect(failures.met('/a', locked())).toBe(1000);
  expect(told).toEqual(['/a', '/b', '/c', '/a', '/a']);
});

test('a file from a clock that is ahead is quiet once nothing has changed it for two seconds', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const path = put(temporaryFolder(), 'config.json', '{}');
    const inAnHour = Date.now() / 1000 + 3600;
    utimesSync(path, inAnHour, inAnHour);
    const quietFiles = new QuietFiles();
    const isQuiet = () => quietFiles.quiet([path]) !== null;
    expect(isQuiet()).toBe(false);
    vi.advanceTimersByTime(3000);
    expect(isQuiet()).toBe(true);
    utimesSync(path, inAnHour, inAnHour + 60);
    expect(isQuiet()).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

/** Whether this process has it open. */
function isOpen(path: string): boolean {
  return readdirSync('/proc/self/fd').some((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`) === path;
    } catch {
      return false;
    }
  });
}

test.runIf(process.platform === 'linux')(
  'who ends it does not wait for a large file to be read',
  async () => {
    const { folder, told, begin } = watchFolder('best');
    const size = 2 ** 37;
    const header = JSON.stringify({ w: { dtype: 'U8', shape: [size], data_offsets: [0, size] } });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const path = put(folder, 'model.safetensors', Buffer.concat([length, Buffer.from(header)]));
    // Of zeros that take no room.
    truncateSync(path, length.length + header.length + size);
    const end = begin();
    await vi.waitFor(() => expect(isOpen(path)).toBe(true), soon);
    await end();
    expect(told).toEqual({ saved: [], failed: [], waiting: [] });
  },
  20_000,
);
