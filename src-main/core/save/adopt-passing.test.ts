import type * as files from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const failing = vi.hoisted(() => ({ codes: [] as string[] }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  const open: typeof real.open = (path, ...rest) => {
    const code = `${path}`.endsWith('/passing.pt') ? failing.codes.shift() : undefined;
    if (code === undefined) return real.open(path, ...rest);
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
    failing.codes = Array.from({ length: times }, () => code);
    put(folder, 'passing.pt', writeTorchZip([4]));
    begin();
    await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
    expect([failing.codes.length, told.failed.length <= 2]).toEqual([0, true]);
  },
  40_000,
);

test('what keeps a file from being read is told once, and another thing that does too', async () => {
  const { folder, told, begin } = watchFolder('best');
  failing.codes = ['EMFILE', 'EMFILE', 'EACCES'];
  put(folder, 'passing.pt', writeTorchZip([4]));
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  expect(told.failed).toEqual([
    'passing.pt: it cannot be read: too many files are open — that may pass — it is tried again',
    'passing.pt: it cannot be read: no permission — that may pass — it is tried again',
  ]);
});
