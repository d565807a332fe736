import { expect, test } from 'vitest';
import { metricSources } from './metric-sources.ts';
import { parseDetails } from './version-details.ts';

const source = {
  ...{ metric: 'a', file: 'logs/progress.csv', axis: 'step', at: 8192, behind: 1808 },
  ...{ episodes: null, deviation: null, interval: null },
};
const read = (...sources: readonly object[]) =>
  metricSources(parseDetails(JSON.stringify({ metric_sources: sources })));

test('where a metric is from is told with its file, its place, and how far before the version that was', () => {
  expect(read(source).get('a')).toEqual({
    from: 'logs/progress.csv, step 8,192 (1,808 before this version)',
    sure: null,
  });
  expect(read({ ...source, behind: 0 }).get('a')?.from).toBe('logs/progress.csv, step 8,192');
  expect(read({ ...source, axis: null, at: null, behind: 0 }).get('a')?.from).toBe('logs/progress.csv');
});

test('how sure a mean is, is told where its episodes are on record', () => {
  const sure = { ...source, episodes: 10, deviation: 3, interval: [-1.23456, 1234.5] };
  expect(read(sure).get('a')?.sure).toBe('10 episodes: the true mean is between −1.235 and 1,235 (95%)');
});

test('names of files are shown so that nothing hides in them', () => {
  expect(read({ ...source, file: 'a\u202e.csv', axis: null, at: null }).get('a')?.from).toBe('a[U+202E].csv');
});

test('a version that has its metrics in its own files has no sources', () => {
  for (const details of [null, parseDetails('{}'), parseDetails('{"metric_sources":[{"metric":1}]}')])
    expect(metricSources(details).size).toBe(0);
});
