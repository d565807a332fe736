import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readSidecar } from './read-sidecar.ts';

const read = (text: string) => readSidecar(put(temporaryFolder(), 'a.json', text));

test('a sidecar of Python is read as it is, unknown keys and NaN included', () => {
  const { metadata, problems } = read(
    '{"version": 7, "reward": NaN, "metrics": {"sharpe": -Infinity}, "mine": [1]}',
  );
  expect(metadata).toEqual({ version: 7, reward: Number.NaN, metrics: { sharpe: -Infinity }, mine: [1] });
  expect(problems).toEqual([]);
});

describe('a sidecar that cannot be used is said in one sentence', () => {
  test.each([
    ['[1, 2]', 'its sidecar is a list, not an object'],
    ['7', 'its sidecar is a single value, not an object'],
    ['null', 'its sidecar is a single value, not an object'],
    ['{"version": 7, "rew', /^its sidecar is not valid JSON \(.+\)$/],
    ['', /^its sidecar is not valid JSON \(.+\)$/],
    ['\u0000'.repeat(100), /^its sidecar is not valid JSON \(.+\)$/],
    [`{"a": ${'['.repeat(100_000)}`, 'its sidecar is nested more than 200 levels deep'],
  ])('%.20s', (text, problem) => {
    const sidecar = read(text);
    expect(sidecar.metadata).toBeNull();
    expect(sidecar.problems).toEqual([expect.stringMatching(problem)]);
  });

  test('when it has more than 16 MB', () => {
    const path = put(temporaryFolder(), 'a.json', '');
    truncateSync(path, 40 * 1024 * 1024);
    expect(readSidecar(path)).toEqual({
      metadata: null,
      identity: null,
      problems: ['its sidecar cannot be read: 41,943,040 bytes, more than the 16 MB that are read'],
    });
  });

  test('when it is a pipe, a link or a folder, without waiting and without following', () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync(put(folder, 'secret.json', '{"version": 1}'), join(folder, 'link'));
    expect(readSidecar(join(folder, 'pipe')).problems).toEqual([
      'its sidecar cannot be read: not a regular file',
    ]);
    expect(readSidecar(join(folder, 'link')).problems).toEqual([
      'its sidecar cannot be read: it is a symbolic link, or a loop of them',
    ]);
    expect(readSidecar(folder).problems).toEqual(['its sidecar cannot be read: not a regular file']);
  });
});

describe('a value of the wrong type', () => {
  test.each([
    ['version', '7'],
    ['version', 7.5],
    ['reward', 'high'],
    ['checksum', 'abc'],
    ['metrics', [1]],
    ['tags', 'good'],
    ['tags', [1]],
    ['file_size_bytes', -1],
    ['timestamp', 1704112200],
  ])('of %s (%j) is named and set aside; the others count', (key, value) => {
    const { metadata, problems } = read(JSON.stringify({ symbol: 'ES', [key]: value }));
    expect(metadata).toEqual({ symbol: 'ES' });
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^its sidecar's ${key} cannot be used: .+$`)),
    ]);
  });
});

test.each(['__proto__', 'constructor'])('a key called %s brings no checksum in by the back door', (key) => {
  const { metadata } = read(`{"${key}": {"checksum": "${'a'.repeat(64)}", "tags": 7}, "version": "wrong"}`);
  expect([metadata?.checksum, metadata?.tags]).toEqual([undefined, undefined]);
});
