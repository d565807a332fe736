import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodePreferences } from '../app/preferences.ts';
import { emptyLayout } from '../table/table-layout.ts';
import { withoutView, withView } from './saved-views.ts';

let stored: string | null = null;
beforeEach(() => {
  stored = null;
  vi.stubGlobal('localStorage', {
    getItem: () => stored,
    setItem: (_key: string, text: string) => {
      stored = text;
    },
  });
  vi.stubGlobal('window', { addEventListener: () => undefined });
  vi.stubGlobal('navigator', { userAgent: 'Linux' });
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

const queries = () => decodePreferences(stored).views.map(({ query }) => query);
const view = (query: string) => ({ name: 'mine', folder: null, query, layout: emptyLayout });

/** Deletes a view that was saved. @returns how it is undone */
async function deleteSaved() {
  const { changeViews, deleteView } = await import('./change-views.ts');
  const { waysBack } = await import('../undo/ways-back.ts');
  changeViews((all) => withView(all, view('old')));
  deleteView(view('old'));
  expect(queries()).toEqual([]);
  const takeBack = () => waysBack.takeBack(waysBack.lastOf([]) ?? expect.unreachable());
  return { changeViews, takeBack };
}

test('a view that was deleted is brought back', async () => {
  const { takeBack } = await deleteSaved();
  expect(await takeBack()).toMatchObject({ ok: true });
  expect(queries()).toEqual(['old']);
});

test('a view that was deleted takes the place of none that got its name since, and is brought back once that is free', async () => {
  const { changeViews, takeBack } = await deleteSaved();
  changeViews((all) => withView(all, view('new')));
  expect(await takeBack()).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining('“mine”') },
  });
  expect(queries()).toEqual(['new']);
  changeViews((all) => withoutView(all, view('new')));
  expect(await takeBack()).toMatchObject({ ok: true });
  expect(queries()).toEqual(['old']);
});
