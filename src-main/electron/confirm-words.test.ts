import { beforeEach, expect, test, vi } from 'vitest';
import { from } from './small-run.fixture.ts';

const asked: { message: string; detail: string; buttons: string[]; defaultId: number }[] = [];
let response = 0;
vi.mock('electron', () => ({
  BrowserWindow: { fromWebContents: () => null },
  dialog: {
    showMessageBox: async (options: (typeof asked)[number]) => {
      asked.push(options);
      return { response };
    },
  },
}));
const { confirmInDialog } = await import('./confirm-words.ts');

beforeEach(() => {
  asked.length = 0;
  response = 0;
});

test('every word is shown as it is run, and Enter alone runs nothing', async () => {
  expect(await confirmInDialog()(from, ['/usr/bin/python3', 'eval.py', 'a\nb'])).toBe(true);
  expect(asked[0]?.detail).toMatch(/^1 {2}\/usr\/bin\/python3\n2 {2}eval\.py\n3 {2}a\\u000ab\n\n/);
  expect(asked[0]?.buttons[asked[0].defaultId]).toBe('Cancel');
});

test('words are asked for once; others, and those that were refused, anew', async () => {
  const confirm = confirmInDialog();
  await confirm(from, ['a', 'b']);
  await confirm(from, ['a', 'b']);
  expect(asked).toHaveLength(1);
  response = 1;
  expect(await confirm(from, ['a b'])).toBe(false);
  expect(await confirm(from, ['a b'])).toBe(false);
  expect(asked).toHaveLength(3);
});

test('what is too long to be seen whole is not asked for at all', async () => {
  const confirm = confirmInDialog();
  for (const words of [['sh', ' '.repeat(4000)], Array.from({ length: 50 }, () => 'x')])
    await expect(confirm(from, words)).rejects.toThrow(/too long to be shown whole/);
  expect(asked).toHaveLength(0);
});
