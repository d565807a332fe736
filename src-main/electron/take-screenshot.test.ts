import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { takeScreenshot } from './take-screenshot.ts';

/** How often a window is looked at before it has rows, its run is read, and its best is judged. */
interface Course {
  rows: number;
  read: number;
  judged: number;
  /** The first and the last look at which it is judged anew. */
  anew?: readonly [number, number];
}

/** A window that comes to show a run by and by; its picture says what it showed. */
async function pictureOf(course: Course, patience?: number): Promise<{ picture: object; said: unknown[] }> {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => {
    error.mockRestore();
    log.mockRestore();
  });
  let looks = 0;
  const look = () => {
    looks += 1;
    return looks;
  };
  const [from, to] = course.anew ?? [0, 0];
  const isAnew = () => looks >= from && looks <= to;
  const state = () => ({ rows: looks >= course.rows, judged: looks >= course.judged && !isAnew() });
  const webContents = {
    executeJavaScript: async (own: string) => {
      look();
      if (own.includes('requestAnimationFrame')) return true;
      return state().rows && (state().judged || !own.includes('data-old'));
    },
    capturePage: async () => ({
      toPNG: () => Buffer.from(JSON.stringify({ ...state(), read: looks >= course.read && looks > to })),
    }),
  };
  const file = join(temporaryFolder(), 'picture.png');
  const window = { webContents } as unknown as BrowserWindow;
  await takeScreenshot(window, file, () => look() >= course.read, patience);
  return { picture: JSON.parse(await readFile(file, 'utf8')), said: error.mock.calls.flat() };
}

test('a picture is taken once the run is read and its best is judged, in whichever order that ends', async () => {
  const whole = { rows: true, read: true, judged: true };
  expect(await pictureOf({ rows: 2, read: 6, judged: 9 })).toEqual({ picture: whole, said: [] });
  expect(await pictureOf({ rows: 2, read: 9, judged: 6 })).toEqual({ picture: whole, said: [] });
});

test('what is judged anew a moment later is waited for', async () => {
  const { picture } = await pictureOf({ rows: 1, read: 1, judged: 1, anew: [7, 10] });
  expect(picture).toEqual({ rows: true, read: true, judged: true });
});

test('a picture of what takes longer than there is patience for is taken all the same, and that is said', async () => {
  const { picture, said } = await pictureOf({ rows: 1, read: 1_000, judged: 1 }, 200);
  expect(picture).toEqual({ rows: true, read: false, judged: true });
  expect(said).toEqual([expect.stringContaining('still reading')]);
});

test('a window that shows nothing in time has no picture', async () => {
  await expect(pictureOf({ rows: 1_000, read: 1, judged: 1 }, 200)).rejects.toThrow('showed no version');
});
