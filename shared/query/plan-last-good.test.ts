import { describe, expect, test } from 'vitest';
import { at, keepNothing, rule, sharpe, shown, version } from './plan-retention.fixture.ts';
import { planRetention, type RetentionCandidate } from './plan-retention.ts';

describe('a run of which nothing is intact', () => {
  const broken = [
    version('old', { state: 'mismatch', time: at(1) }),
    version('new', { state: 'mismatch', time: at(2) }),
    version('cut', { state: 'torn', time: at(3) }),
  ];
  const planOf = (versions: typeof broken) => planRetention(versions, keepNothing, sharpe);

  test('The last good one stays: the newest whose structure is whole, else the newest', () => {
    expect(planOf(broken).decisions.map(shown)).toEqual([
      '- old: mismatch',
      '+ new: the newest, and none is intact',
      '- cut: torn',
    ]);
    expect(planOf(broken).refused).toEqual([{ id: 'new', why: 'the newest, and none is intact' }]);
    expect(planOf(broken.slice(2)).decisions.map(shown)).toEqual(['+ cut: the newest, and none is intact']);
  });

  test('one that is intact is enough', () => {
    const { decisions } = planOf([version('whole'), ...broken]);
    expect(decisions.filter(({ keep }) => keep).map(({ id }) => id)).toEqual(['whole']);
  });
});

test('The last good one stays: what was just written stays too where steps say that another is the latest', () => {
  const trained = [60_000, 80_000, 100_000].map((step, index) =>
    version(`${step}`, { step, modifiedAt: index }),
  );
  const again = version('5000', { step: 5000, modifiedAt: 9 });
  const kept = planRetention([...trained, again], rule({ keepLatest: 1 }), sharpe).decisions.map(shown);
  expect(kept).toEqual([
    '- 60000: no rule keeps it',
    '- 80000: no rule keeps it',
    '+ 100000: latest, the newest intact version',
    '+ 5000: the file that was written last',
  ]);
  const timed = { ...trained[0], time: at(5) } as RetentionCandidate;
  expect(planRetention([timed, version('copied', { modifiedAt: 9 })], keepNothing, sharpe).refused).toEqual([
    { id: '60000', why: 'the newest intact version' },
  ]);
});

test('The last good one stays: where a clock was put back the highest number stays too, and that is said', () => {
  const versions = [30, 50, 10].map((minute, index) =>
    version(`v${index + 1}`, { number: index + 1, time: at(minute) }),
  );
  const { decisions, refused } = planRetention(versions, rule({ keepLatest: 1 }), sharpe);
  expect(decisions.map(shown)).toEqual([
    '- v1: no rule keeps it',
    '+ v2: latest, the newest intact version',
    '+ v3: the highest number, though v2 tells a later time',
  ]);
  expect(refused).toEqual([{ id: 'v3', why: 'the highest number, though v2 tells a later time' }]);
});
