import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { reloadAfterCrash } from './harden-session.ts';

const shown = vi.hoisted(() => [] as { message: string }[]);
vi.mock('electron', () => ({
  app: {},
  dialog: { showMessageBox: async (box: { message: string }) => shown.push(box) },
}));
vi.spyOn(console, 'error').mockReturnValue();

/** A window whose page can be made to stop, and how often it was loaded again. */
function makePage() {
  const page = { reloads: 0, stop: (_reason: string): void => undefined };
  reloadAfterCrash({
    on: (_name: string, listener: (event: object, details: { reason: string }) => void) => {
      page.stop = (reason) => listener({}, { reason });
    },
    isDestroyed: () => false,
    reload: () => {
      page.reloads += 1;
    },
  } as unknown as WebContents);
  return page;
}

test('a page that crashes on every load is loaded three times a minute, then it is said', () => {
  const page = makePage();
  for (let crash = 0; crash < 3; crash += 1) page.stop('crashed');
  expect([page.reloads, shown]).toEqual([3, []]);
  page.stop('crashed');
  expect(page.reloads).toBe(3);
  expect(shown).toEqual([expect.objectContaining({ message: 'The window keeps stopping' })]);
});

test('a page that ended as it should is left alone', () => {
  const page = makePage();
  page.stop('clean-exit');
  expect(page.reloads).toBe(0);
});
