import type * as files from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const failing = vi.hoisted(() => ({ code: '', times: 0 }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  const open: typeof real.open = (path, ...rest) => {
    if (failing.times === 0 || !`${path}`.endsWith('/passing.pt')) return real.open(path, ...rest);
    failing.times -= 1;
    const { code } = failing;
    return Promise.reject(Object.assign(new Error(`${code}: open`), { code, syscall: 'open', path }));
  };
  return { ...real, open };
});

const soon = { timeout: 30_000, interval: 50 };

test.each([
  ['EMFILE', 1],
  ['EIO', 2],
  ['ENFILE', 3],
])(
  'a file that cannot be opened, for %s, is tried again, though it does not change',
  async (code, times) => {
    const { folder, told, begin } = watchFolder('best');
    Object.assign(failing, { code, times });
    put(folder, 'passing.pt', writeTorchZip([4]));
    begin();
    await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
    expect([failing.times, told.failed.length <= 2]).toEqual([0, true]);
  },
  40_000,
);
