import { expect, test } from 'vitest';
import { nameOfPress, shownKeys } from './key-names.ts';
import { shortcutSections } from './shortcuts.ts';
import { deedOf } from './version-commands.ts';

const press = (key: string, held: Partial<Parameters<typeof nameOfPress>[0]> = {}) =>
  nameOfPress({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test('a press has one name, whichever way it is made', () => {
  expect(press('G', { shiftKey: true })).toBe('G');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('C', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+c');
  expect(press('c', { metaKey: true })).toBe('Mod+c');
  expect(press('ArrowDown', { shiftKey: true })).toBe('Shift+ArrowDown');
  expect(press('ArrowLeft', { altKey: true })).toBe('Alt+ArrowLeft');
});

test('keys are shown as keyboards have them', () => {
  const keys = ['Mod+Shift+c', 'g g', ' ', 'Delete', 'Shift+ArrowDown', 'Shift+F10', 'p'];
  expect(keys.map((key) => shownKeys(key, false))).toEqual([
    'Ctrl+Shift+C',
    'g g',
    'Space',
    'Del',
    'Shift+↓',
    'Shift+F10',
    'p',
  ]);
  expect(shownKeys('Mod+Shift+c', true)).toBe('⌘⇧C');
});

test('no key of the table means two things', () => {
  // What a head of a column does while the focus is on it is no key of the rows.
  const sections = shortcutSections.filter(({ title }) => title !== 'Heads of columns');
  const keys = sections.flatMap(({ shortcuts }) => shortcuts.flatMap((shortcut) => shortcut.keys));
  expect(keys.toSorted()).toEqual([...new Set(keys)].sort());
});

test('a key finds its command', () => {
  expect([deedOf('p'), deedOf('Delete'), deedOf('x')]).toEqual(['pin', 'trash', undefined]);
});
