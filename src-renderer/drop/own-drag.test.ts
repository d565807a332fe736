import { afterEach, expect, test, vi } from 'vitest';
import { dragOut, isOwnDrag } from './own-drag.ts';
import { isDroppable } from './useFolderDrop.ts';

afterEach(() => vi.unstubAllGlobals());

const over = { dataTransfer: { types: ['Files'] } } as unknown as DragEvent;

test('versions that are dragged out of the window are not taken for files to open while they are over it', async () => {
  let letGo = (_answer: unknown) => undefined;
  const request = () =>
    new Promise((done) => {
      letGo = (answer) => void done(answer);
    });
  vi.stubGlobal('window', { cairn: { request } });
  expect(isDroppable(over)).toBe(true);
  const dragging = dragOut([1, 2]);
  expect([isOwnDrag(), isDroppable(over)]).toEqual([true, false]);
  letGo({ ok: true, value: {} });
  await dragging;
  expect([isOwnDrag(), isDroppable(over)]).toEqual([false, true]);
});

test('what is no file is not taken', () => {
  expect(isDroppable({ dataTransfer: { types: ['text/plain'] } } as unknown as DragEvent)).toBe(false);
  expect(isDroppable({ dataTransfer: null } as DragEvent)).toBe(false);
});
