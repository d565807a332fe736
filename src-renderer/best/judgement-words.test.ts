import { expect, test } from 'vitest';
import { makeJudgement } from '../../shared/model/best-judgement.fixture.ts';
import type { BestJudgement } from '../../shared/model/best-judgement.ts';
import { candidatesText, figuresOf, marginText, warningText } from './judgement-words.ts';

const judgement = makeJudgement({
  ...{ best: 'a.pt', value: 2, candidates: 16 },
  interval_why: 'the record has no values of single episodes',
});

test('whom the best was chosen among, and who was passed over, is said in words', () => {
  expect(candidatesText(judgement)).toBe('16 candidates');
  expect(candidatesText({ ...judgement, candidates: 1 })).toBe('the only candidate');
  const passedOver = [
    { why: 'without a finite value', versions: 1200 },
    { why: 'torn', versions: 1 },
    { why: 'saved twice', versions: 8 },
  ];
  expect(candidatesText({ ...judgement, passed_over: passedOver })).toBe(
    '16 candidates; passed over: 1,200 without a finite value, 1 torn, 8 saved twice',
  );
});

test('what changed since it was saved is told of one as of one', () => {
  const changed = (versions: number) =>
    candidatesText({ ...judgement, passed_over: [{ why: 'mismatch', versions }] });
  expect(changed(1)).toBe('16 candidates; passed over: 1 changed since it was saved');
  expect(changed(2)).toBe('16 candidates; passed over: 2 changed since they were saved');
});

test('the figures of a warning have the minus sign of the window, and what it quotes stays as it is', () => {
  expect(warningText("It reaches past the next one's -0.04.")).toBe("It reaches past the next one's −0.04.");
  const quoted = [
    'Its values: 2 by “eval.py --at -0.5” (seed 1), 1 by “x” -1 “y -2” (seed 2).',
    'Its values: 2 by “eval ” -0.5” (seed 1), 1 by something that is not on record.',
  ];
  for (const warning of quoted) expect(warningText(warning)).toBe(warning);
});

test('a margin is said, and a tie called one', () => {
  expect([null, 0, 0.0039].map((margin) => marginText({ ...judgement, margin }))).toEqual([
    '',
    'has the very same value',
    '0.0039 behind',
  ]);
});

test('a figure that cannot be computed says why, and has no number', () => {
  expect(figuresOf(judgement)).toEqual([
    { name: '95% interval', text: 'not computable: the record has no values of single episodes' },
  ]);
  const why = 'needs the number of returns';
  const unknown = {
    ...judgement,
    probabilistic_sharpe: { value: null, why },
    deflated_sharpe: { value: null, why },
  };
  expect(figuresOf(unknown)[1]).toEqual({
    name: 'Probabilistic and deflated Sharpe',
    text: `not computable: ${why}`,
  });
  const partly = { ...unknown, probabilistic_sharpe: { value: 0.5, why: null } };
  expect(figuresOf(partly).map(({ text }) => text)).toEqual([
    expect.anything(),
    '50.00% sure that the true Sharpe ratio is above 0',
    `not computable: ${why}`,
  ]);
});

test('a figure says what it means', () => {
  const known: BestJudgement = {
    ...judgement,
    interval: { low: 1, high: 3, confidence: 0.95, basis: '24 episodes on record' },
    probabilistic_sharpe: { value: 0.9993, why: null },
    deflated_sharpe: { value: 0.9066, why: null },
    trials: 16,
    luck: 0.9668,
  };
  expect(figuresOf(known).map(({ text }) => text)).toEqual([
    '1.0000 to 3.0000, by 24 episodes on record',
    '99.93% sure that the true Sharpe ratio is above 0',
    '90.66% sure that it beats the best of 16 without skill, which would have about 0.9668',
  ]);
});
