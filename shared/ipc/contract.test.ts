import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { channelOf, eventNames, requestNames } from './channels.ts';
import { events, requests } from './contract.ts';

const handle = 'a'.repeat(32);

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
  ['showVersion', { runId: handle, version: -1 }],
  ['showVersion', { runId: handle, version: 1.5 }],
  ['showVersion', { runId: handle, version: 'best_models/a.pt' }],
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
  ['restore', { runId: handle, place: null, backup: 'manifests/a' }],
  ['restore', { runId: handle, place: null, backup: 'x'.repeat(65) }],
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
  ['pinVersion', { runId: handle, version: 0, pinned: 'yes' }],
] as const)('%s refuses %j', (name, input) => {
  expect(requests[name].input.safeParse(input).success).toBe(false);
});

test.each([
  ['closeRun', { runId: handle }],
  ['showVersion', { runId: handle, version: 0 }],
  ['verifyRun', { runId: handle, versions: null }],
  ['verifyRun', { runId: handle, versions: [0, 7] }],
  [
    'prune',
    { runId: handle, keepBest: 0, keepLatest: null, keepEvery: 1000, kinds: 'best', plan: '0f'.repeat(32) },
  ],
  ['undo', { runId: handle, operation: '20260302T094200-a1b2c3' }],
  ['backUp', { runId: handle, versions: null, label: null, place: handle }],
  ['deleteBackup', { runId: handle, place: null, backup: 'a' }],
  ['restore', { runId: handle, place: handle, backup: 'a' }],
] as const)('%s takes %j', (name, input) => {
  expect(requests[name].input.parse(input)).toEqual(input);
});
