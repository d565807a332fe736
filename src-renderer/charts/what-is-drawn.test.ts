import { expect, test } from 'vitest';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { formatTick, lookOf } from './axis-look.ts';
import { axisName, chartMeasures } from './chart-measures.ts';
import { defaultCharts } from './chart-preferences.ts';
import { parallelAxes } from './useParallel.ts';
import { scatterChoice } from './useScatter.ts';
import { timelineChoice, usualAlong } from './useTimeline.ts';

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

test('reward against Sharpe is drawn until somebody chooses others that the run has', () => {
  const first = scatterChoice(measures, defaultCharts);
  expect([first?.x.id, first?.y.id, first?.colour]).toEqual(['metric:sharpe', 'reward', null]);
  const chosen = { ...defaultCharts, across: 'step', up: 'metric:gone', colour: 'time' };
  const second = scatterChoice(measures, chosen);
  expect([second?.x.id, second?.y.id, second?.colour?.id]).toEqual(['step', 'reward', 'time']);
});

test('a timeline goes over what the versions have', () => {
  const list = new VersionList();
  list.set(aRow(1, { step: null, timestamp: '2026-03-02T10:00:00' }));
  const usual = usualAlong(measures, list);
  expect(usual).toBe('time');
  const choice = timelineChoice(measures, defaultCharts, usual);
  expect([choice?.over.id, idsOf(choice?.strips ?? [])]).toEqual(['time', ['reward', 'metric:sharpe']]);
  const chosen = { ...defaultCharts, over: 'version', strips: ['metric:loss', 'metric:gone'] };
  const other = timelineChoice(measures, chosen, usual);
  expect([other?.over.id, idsOf(other?.strips ?? [])]).toEqual(['version', ['metric:loss']]);
});

test('parallel axes are the first measures until others are chosen', () => {
  expect(parallelAxes(measures, defaultCharts)).toHaveLength(5);
  expect(idsOf(parallelAxes(measures, { axes: ['size', 'reward', 'metric:gone'] }))).toEqual([
    'size',
    'reward',
  ]);
});

test('times read as the clock of the table does', () => {
  const time = measures.find(({ id }) => id === 'time');
  const written = time?.of(aRow(1, { timestamp: '20260302_113000' })) ?? 0;
  expect(time?.format(written)).toBe('2026-03-02 11:30:00');
});
