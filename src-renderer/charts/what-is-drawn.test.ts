import { expect, test } from 'vitest';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { formatTick, lookOf } from './axis-look.ts';
import { axisName, type ChartMeasure, chartMeasures } from './chart-measures.ts';
import { defaultCharts } from './chart-preferences.ts';
import { axisKey, drawnNumbers } from './log-axis.ts';
import { parallelAxes } from './useParallel.ts';
import { scatterChoice } from './useScatter.ts';
import { timelineChoice } from './useTimeline.ts';
import { usualOf } from './usual-measures.ts';

const metrics = ['loss', 'sharpe', 'win_rate'].map((name) => ({ name, fractional: true }));
const measures = chartMeasures(metrics, [{ name: 'loss', mode: 'min', source: 'config' }]);
const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test('metrics come first, then what every version has; what measures nothing is left out', () => {
  expect(idsOf(measures)).toEqual([
    'reward',
    'metric:sharpe',
    'metric:win_rate',
    'metric:loss',
    'version',
    'step',
    'episode',
    'time',
    'size',
  ]);
  expect(measures.slice(0, 5).map(({ metric }) => metric)).toEqual([
    'reward',
    'sharpe',
    'win_rate',
    'loss',
    null,
  ]);
});

test('axes are named with what they count, their values are short', () => {
  const size = measures.find(({ id }) => id === 'size');
  expect(size && [axisName(size), lookOf(size).format(2_500_000)]).toEqual(['Size, bytes', '2.50 MB']);
  expect([0.25, 1.5, -120_000, 2e6, 1e-7, 0, 1e20].map(formatTick)).toEqual([
    '0.25',
    '1.5',
    '−120K',
    '2M',
    '1e−7',
    '0',
    '100000000000000000000',
  ]);
});

const listOf = (...rows: Parameters<typeof aRow>[1][]) => {
  const list = new VersionList();
  for (const [index, row] of rows.entries()) list.set(aRow(index + 1, row));
  list.refresh();
  return list;
};
const isRanking = ({ id }: ChartMeasure) => id === 'metric:loss';
const usualIn = (list: VersionList, of = measures) => usualOf(of, list, isRanking);
const judged = listOf({ reward: 1, step: 10, metrics: { sharpe: 2, loss: 3, win_rate: 0.5 } });

test('reward against Sharpe is drawn until somebody chooses others that the run has', () => {
  const usual = usualIn(judged);
  const first = scatterChoice(measures, defaultCharts, usual);
  expect([first?.x.id, first?.y.id, first?.colour]).toEqual(['metric:sharpe', 'reward', null]);
  const chosen = { ...defaultCharts, across: 'step', up: 'metric:gone', colour: 'time' };
  const second = scatterChoice(measures, chosen, usual);
  expect([second?.x.id, second?.y.id, second?.colour?.id]).toEqual(['step', 'reward', 'time']);
  const turned = scatterChoice(measures, { ...defaultCharts, up: 'metric:sharpe' }, usual);
  expect([turned?.x.id, turned?.y.id]).toEqual(['reward', 'metric:sharpe']);
});

test('what no version has is not drawn at first: what ranks the run is, then over what it goes along', () => {
  const epochs = chartMeasures(
    ['epoch', 'loss'].map((name) => ({ name, fractional: false })),
    [{ name: 'loss', mode: 'min', source: 'config' }],
  );
  const list = listOf(
    { version: null, step: 10, metrics: { epoch: 0, loss: 2 } },
    { version: null, step: 20, metrics: { epoch: 1, loss: 1 } },
  );
  const usual = usualIn(list, epochs);
  expect(usual.scatter).toEqual(['metric:loss', 'step']);
  expect(usual.strips).toEqual(['metric:loss']);
  expect(usual.axes.slice(0, 2)).toEqual(['metric:loss', 'step']);
});

test('what says the same as another is not drawn beside it', () => {
  const twice = chartMeasures(
    ['eval_reward', 'length'].map((name) => ({ name, fractional: true })),
    [{ name: 'reward', mode: 'max', source: 'default' }],
  );
  const list = listOf(
    { reward: 5, metrics: { eval_reward: 5, length: 9 } },
    { reward: 6, metrics: { eval_reward: 6, length: 7 } },
  );
  const usual = usualIn(list, twice);
  expect([usual.scatter, usual.strips]).toEqual([
    ['reward', 'metric:length'],
    ['reward', 'metric:length'],
  ]);
  expect(usual.axes).not.toContain('metric:eval_reward');
});

test('a measure may have a logarithmic axis, in all charts; what is not above 0 has no place on it', () => {
  const list = listOf({ metrics: { loss: 1000 } }, { metrics: { loss: 0 } }, { metrics: { loss: -1 } });
  const chosen = {
    ...defaultCharts,
    up: 'metric:loss',
    strips: ['metric:loss'],
    logarithmic: ['metric:loss'],
  };
  const loss = scatterChoice(measures, chosen, usualIn(list))?.y;
  if (!loss) throw new Error('nothing is drawn');
  expect([...drawnNumbers(list, loss)]).toEqual([3, Number.NaN, Number.NaN]);
  expect([lookOf(loss).name, lookOf(loss).format(3), lookOf(loss).format(-1)]).toEqual([
    'Loss, logarithmic',
    '1,000',
    '0.1',
  ]);
  expect(timelineChoice(measures, chosen, usualIn(list))?.strips.map(axisKey)).toEqual(['metric:loss log']);
});

test('a timeline goes over what most of the versions have', () => {
  const list = listOf(
    { version: null, step: 10, timestamp: '2026-03-02T10:00:00', reward: 1, metrics: { sharpe: 1 } },
    { version: null, step: null, timestamp: '2026-03-02T11:00:00', reward: 2 },
  );
  const usual = usualIn(list);
  expect(usual.along).toBe('time');
  const choice = timelineChoice(measures, defaultCharts, usual);
  expect([choice?.over.id, idsOf(choice?.strips ?? [])]).toEqual(['time', ['reward', 'metric:sharpe']]);
  const chosen = { ...defaultCharts, over: 'version', strips: ['metric:loss', 'metric:gone'] };
  const other = timelineChoice(measures, chosen, usual);
  expect([other?.over.id, idsOf(other?.strips ?? [])]).toEqual(['version', ['metric:loss']]);
});

test('a timeline goes over the time where nobody told the versions saved last their step, and that is known', () => {
  const at = (minute: number, row: Parameters<typeof aRow>[1]) => ({
    ...row,
    timestamp: `2026-03-02T10:0${minute}:00`,
  });
  const trained = [at(0, { step: 0, episode: 1 }), at(1, { step: 10, episode: 2 }), at(2, { step: 20 })];
  const last = at(4, { step: 0, episode: 0, is_latest: true });
  const usual = usualIn(listOf(...trained, at(3, { step: 0 }), last));
  expect([usual.along, usual.stepless]).toEqual(['time', 2]);
  // A training that was begun again counts from 0, and goes on.
  const again = usualIn(listOf(...trained, at(3, { step: 0 }), at(4, { step: 10, is_latest: true })));
  expect([again.along, again.stepless]).toEqual(['step', 0]);
  const never = usualIn(listOf(at(0, { step: 0 }), at(1, { step: 0, is_latest: true })));
  expect(never.stepless).toBe(0);
});

test('parallel axes are the first measures that say something, until others are chosen', () => {
  const usual = usualIn(judged);
  expect(idsOf(parallelAxes(measures, defaultCharts, usual))).toEqual([
    'reward',
    'metric:sharpe',
    'metric:win_rate',
    'metric:loss',
    'step',
  ]);
  expect(idsOf(parallelAxes(measures, { axes: ['size', 'reward', 'metric:gone'] }, usual))).toEqual([
    'size',
    'reward',
  ]);
});

test('times read as the clock of the table does', () => {
  const time = measures.find(({ id }) => id === 'time');
  const written = time?.of(aRow(1, { timestamp: '20260302_113000' })) ?? 0;
  expect(time?.format(written)).toBe('2026-03-02 11:30:00');
});
