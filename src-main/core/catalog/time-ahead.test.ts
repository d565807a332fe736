import { expect, test } from 'vitest';
import { parseTimestamp } from '../../../shared/query/parse-timestamp.ts';
import { problemsOfTime } from './time-ahead.ts';

const now = Date.UTC(2026, 5, 1, 12);
const clock = { now, toWall: (moment: number) => moment, toMoment: (wall: number) => wall };
const told = (text: string | null) => problemsOfTime({ id: 'a.pt', time: parseTimestamp(text) }, clock);

test('a latest version whose time has not come yet is told, but not one of a clock or a zone that is ahead', () => {
  expect(told('20990101_000000')).toEqual([
    { path: 'a.pt', problem: expect.stringMatching(/^its time, 2099-01-01, has not come yet, .*latest/) },
  ]);
  expect(told('2026-06-03T12:00:00Z')).toHaveLength(1);
  for (const text of ['2026-06-02T13:00:00', '2026-06-01T12:00:00Z', '2020-01-01T00:00:00Z', null])
    expect([text, told(text)]).toEqual([text, []]);
  expect(problemsOfTime(undefined, clock)).toEqual([]);
});
