import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { channelOf, eventNames, requestNames } from './channels.ts';
import { events, requests } from './contract.ts';

const handle = 'a'.repeat(32);
const returns = { periods: 250, annualised_by: 252, skewness: null, kurtosis: 3, trials: null };
const rows = { differencesOnly: true, words: 'lr' };
const unchanged = { pinned: null, addTags: [], removeTags: [], notes: null };

/** The JSON Schemas of objects within a schema. */
function objectsIn(schema: unknown): { additionalProperties?: unknown; properties: object }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inner = Object.values(schema).flatMap(objectsIn);
  return 'properties' in schema ? [schema as { properties: object }, ...inner] : inner;
}

test('each name has a contract, and each contract a name', () => {
  expect(Object.keys(requests).sort()).toEqual([...requestNames].sort());
  expect(Object.keys(events).sort()).toEqual([...eventNames].sort());
});

test('no two names share a channel', () => {
  const channels = [...requestNames, ...eventNames].map(channelOf);
  expect(new Set(channels).size).toBe(channels.length);
});

describe.each(requestNames)('%s', (name) => {
  test('takes an object with the keys it names and no other', () => {
    const objects = objectsIn(z.toJSONSchema(requests[name].input));
    expect(objects.length).toBeGreaterThan(0);
    for (const { additionalProperties } of objects) expect(additionalProperties).toBe(false);
    for (const value of [null, undefined, 'text', 7, []]) {
      expect(requests[name].input.safeParse(value).success).toBe(false);
    }
  });

  test('takes no path from the window, but for a dropped folder', () => {
    const keys = objectsIn(z.toJSONSchema(requests[name].input)).flatMap(({ properties }) =>
      Object.keys(properties),
    );
    const paths = keys.filter((key) => /path|folder|file|name/i.test(key));
    expect(paths).toEqual(name === 'openDropped' ? ['path'] : []);
  });
});

test.each([
  ['closeRun', { runId: '../../etc' }],
  ['closeRun', { runId: handle.toUpperCase() }],
  ['closeRun', { runId: handle, extra: 1 }],
  ['saveChart', { runId: handle, chart: 'scatter', kind: 'svg', drawn: 'rm -rf' }],
  ['saveChart', { runId: handle, chart: '../scatter', kind: 'svg', drawn: '<svg />' }],
  ['showVersion', { runId: handle, version: -1, whole: false }],
  ['showVersion', { runId: handle, version: 1.5, whole: false }],
  ['showVersion', { runId: handle, version: 'best_models/a.pt', whole: false }],
  ['showVersion', { runId: handle, version: 0 }],
  ['listVersions', { runId: handle, from: Number.NaN }],
  ['openDropped', { path: '' }],
  ['openDropped', { path: 'x'.repeat(40_000) }],
  ['verifyRun', { runId: handle, versions: ['0'] }],
  ['planPrune', { runId: handle, keepBest: -1, keepLatest: null, keepEvery: null, kinds: 'best' }],
  ['planPrune', { runId: handle, keepBest: 1.5, keepLatest: null, keepEvery: null, kinds: 'best' }],
  ['prune', { runId: handle, keepBest: 1, keepLatest: null, keepEvery: 0, kinds: 'best' }],
  ['prune', { runId: handle, keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'checkpoint' }],
  ['prune', { runId: handle, keepBest: 1, keepLatest: null, kinds: 'best' }],
  ['moveToTrash', { runId: handle, version: 'best_models/a.pt' }],
  ['undo', { runId: handle, operation: '../../etc' }],
  ['undo', { runId: handle, operation: '' }],
  ['undo', { runId: handle, operation: `${'a'.repeat(64)}\n` }],
  ['restore', { runId: handle, place: null, backup: 'manifests/a', only: null }],
  ['restore', { runId: handle, place: null, backup: 'x'.repeat(65), only: null }],
  ['planRestore', { runId: handle, place: null, backup: 'a', folder: '/' }],
  ['planRestore', { runId: handle, place: '/mnt/backups', backup: 'a' }],
  ['backUp', { runId: handle, versions: null, label: null, place: null, to: '/tmp' }],
  ['backUp', { runId: handle, versions: null, label: null, place: '/tmp' }],
  ['prune', { runId: handle, keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' }],
  ['deleteBackup', { runId: handle, place: null, backup: '../a' }],
  ['backUp', { runId: handle, versions: null, label: 'x'.repeat(201), place: null }],
  ['emptyTrash', { runId: handle, operations: ['a'], olderThan: 0 }],
  ['emptyTrash', { runId: handle, operations: ['../a'] }],
  ['emptyTrash', { runId: handle }],
  ['chooseMetric', { runId: handle, metric: '' }],
  ['chooseMetric', { runId: handle, metric: 'x'.repeat(1001) }],
  ['chooseMetric', { runId: handle }],
  ['setDirection', { runId: handle, metric: 'loss', mode: 'up' }],
  ['setDirection', { runId: handle, metric: null, mode: 'max' }],
  ['describeReturns', { runId: handle, returns: { ...returns, periods: 1 } }],
  ['describeReturns', { runId: handle, returns: { ...returns, periods: 2.5 } }],
  ['describeReturns', { runId: handle, returns: { ...returns, kurtosis: 0.5 } }],
  ['describeReturns', { runId: handle, returns: { ...returns, skewness: Number.NaN } }],
  ['describeReturns', { runId: handle, returns: { ...returns, annualised_by: 0 } }],
  ['describeReturns', { runId: handle, returns: { ...returns, __proto__: null, extra: 1 } }],
  ['describeReturns', { runId: handle, returns: {} }],
  ['warnOfRanking', { runIds: [], versions: null, metric: 'sharpe', mode: 'max' }],
  ['warnOfRanking', { runIds: [handle], versions: [-1], metric: 'sharpe', mode: 'max' }],
  ['judgeBest', { runId: handle, metric: 'sharpe' }],
  ['markVersions', { runId: handle, versions: [0], change: { pinned: true } }],
  ['markVersions', { runId: handle, versions: [], change: unchanged }],
  ['markVersions', { runId: handle, versions: [0], change: { ...unchanged, pinned: 'yes' } }],
  ['markVersions', { runId: handle, versions: [0], change: { ...unchanged, addTags: [''] } }],
  ['markVersions', { runId: handle, versions: [0], change: { ...unchanged, id: 'a' } }],
  ['restoreMarks', { runId: handle, undo: 'pin' }],
  ['copyCells', { versions: [0], columns: 'reward', heads: true }],
  ['copyPlaces', { versions: [0], form: 'shell' }],
  ['exportList', { versions: [0], columns: [], format: 'xlsx' }],
  ['exportList', { versions: [0], columns: [], format: 'csv', target: '/tmp/x.csv' }],
  ['dragOut', { versions: ['best_models/a.pt'] }],
  ['copySideBySide', { versions: [0], baseline: 0, rows }],
  ['copySideBySide', { versions: Array(65).fill(0), baseline: 0, rows }],
  ['copySideBySide', { versions: [0, 1], baseline: -1, rows }],
  ['copySideBySide', { versions: [0, 1], baseline: 0, rows, text: 'mine' }],
  ['exportSideBySide', { versions: [0, 1], baseline: 0, rows, format: 'html' }],
  ['openCheckpoint', { checkpointId: '/tmp/a.pt' }],
  ['compareCheckpoint', { checkpointId: handle, other: '/etc/passwd' }],
  ['findRecent', { recentId: handle, folder: '/' }],
  ['starRecent', { recentId: handle, starred: 1 }],
] as const)('%s refuses %j', (name, input) => {
  expect(requests[name].input.safeParse(input).success).toBe(false);
});

test.each([
  ['closeRun', { runId: handle }],
  ['showVersion', { runId: handle, version: 0, whole: false }],
  ['verifyRun', { runId: handle, versions: null }],
  ['verifyRun', { runId: handle, versions: [0, 7] }],
  [
    'prune',
    {
      runId: handle,
      metric: null,
      keepBest: 0,
      keepLatest: null,
      keepEvery: 1000,
      kinds: 'best',
      plan: '0f'.repeat(32),
    },
  ],
  ['undo', { runId: handle, operation: '20260302T094200-a1b2c3' }],
  ['markVersions', { runId: handle, versions: [0], change: unchanged }],
  ['backUp', { runId: handle, versions: null, label: null, place: handle }],
  ['exportSideBySide', { versions: [0, 1], baseline: 1, rows, format: 'md' }],
  ['deleteBackup', { runId: handle, place: null, backup: 'a' }],
  ['restore', { runId: handle, place: handle, backup: 'a', only: null }],
  ['chooseMetric', { runId: handle, metric: '__proto__' }],
  ['chooseMetric', { runId: handle, metric: null }],
  ['setDirection', { runId: handle, metric: 'loss', mode: null }],
  ['describeReturns', { runId: handle, returns }],
] as const)('%s takes %j', (name, input) => {
  expect(requests[name].input.parse(input)).toEqual(input);
});
