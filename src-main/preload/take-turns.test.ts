import { expect, test } from 'vitest';
import { createTurns } from './take-turns.ts';

/** Requests that are answered when `answer` is called, in the order they were sent. */
function slowMain() {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const ask = (what: string) => () => {
    sent.push(what);
    return new Promise<string>((done) => answers.push(() => done(what)));
  };
  return { sent, ask, answer: () => answers.shift()?.() };
}

test('of one name so many are sent at once, and the others in their order', async () => {
  const { sent, ask, answer } = slowMain();
  const turns = createTurns();
  const asked = Array.from({ length: 120 }, (_, index) => turns('listTrash', ask(`${index}`)));
  expect(sent).toHaveLength(100);
  for (let each = 0; each < 120; each += 1) {
    answer();
    await asked[each];
  }
  expect(sent).toEqual(Array.from({ length: 120 }, (_, index) => `${index}`));
});

test('another name does not wait for them', () => {
  const { sent, ask } = slowMain();
  const turns = createTurns();
  for (let each = 0; each < 500; each += 1) void turns('listTrash', ask('trash'));
  void turns('getSettings', ask('settings'));
  expect(sent).toContain('settings');
});

test('where too many of a name wait already it is not asked, until they have been answered', async () => {
  const { ask, answer, sent } = slowMain();
  const turns = createTurns();
  const asked = Array.from({ length: 1100 }, () => turns('listTrash', ask('trash')));
  expect(asked).not.toContain(null);
  expect(turns('listTrash', ask('trash'))).toBeNull();
  answer();
  await asked[0];
  expect(turns('listTrash', ask('trash'))).not.toBeNull();
  expect(sent).toHaveLength(101);
});

test('one that fails makes room as well', async () => {
  const { sent, ask } = slowMain();
  const turns = createTurns();
  const failing = Array.from({ length: 100 }, () =>
    turns('openRun', () => Promise.reject(new Error('gone'))),
  );
  const later = turns('openRun', ask('later'));
  await Promise.allSettled(failing);
  await Promise.resolve();
  expect(later).not.toBeNull();
  expect(sent).toEqual(['later']);
});
