import { expect, test } from 'vitest';
import { failureWords } from './failure-words.ts';

const told = (message: string) => failureWords({ code: 'Usage', message });

test('what cannot be opened is a title, with why and what to do below it', () => {
  expect(
    told('cannot open /nothing/run — it is not there — name the folder your training wrote, or a checkpoint'),
  ).toEqual({
    title: 'Cannot open /nothing/run',
    message: 'It is not there. Name the folder your training wrote, or a checkpoint.',
  });
});

test('what else could not be done says that nothing was changed', () => {
  expect(told('cannot save to marks.json — EIO: an error of the disk')).toEqual({
    title: 'Cannot save to marks.json',
    message: 'EIO: an error of the disk. Nothing was changed.',
  });
});

test('what says itself what to do is followed by no second advice', () => {
  const full = 'prune failed — the disk is full: /runs — make room there: empty the trash; then try again';
  expect(failureWords({ code: 'ModelManager', message: full })).toEqual({
    title: full,
    message: 'Nothing was changed.',
  });
  expect(failureWords({ code: 'ModelManager', message: 'cannot pin — it is gone' }).message).toBe(
    'It is gone. Nothing was changed. Fix the cause and try again.',
  );
});

test('a name at the beginning stands as it is written', () => {
  expect(told('v10 is not tagged lost — try again').title).toBe('v10 is not tagged lost — try again');
});
