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

test('a version below 0 is none, which is said, and the rest counts', () => {
  const { metadata, problems } = read('{"version": -7, "reward": 1}');
  expect(metadata).toEqual({ reward: 1 });
  expect(problems).toEqual(["its sidecar's version cannot be used: it is -7, and a version is not below 0"]);
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
    expect(sidecar.fault).toBe(sidecar.problems[0]);
  });

  test('when it has more than 16 MB', () => {
    const path = put(temporaryFolder(), 'a.json', '');
    truncateSync(path, 40 * 1024 * 1024);
    const fault = 'its sidecar cannot be read: 41,943,040 bytes, more than the 16 MB that are read';
    expect(readSidecar(path)).toEqual({ metadata: null, identity: null, problems: [fault], fault });
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
    // A model with a link in the place of its sidecar is as one without.
    expect(readSidecar(join(folder, 'link'))).not.toHaveProperty('fault');
    expect(readSidecar(folder).problems).toEqual(['its sidecar cannot be read: not a regular file']);
  });
});

describe('a value of the wrong type', () => {
  test.each([
    ['version', '7', 'it is a text, not a whole number'],
    ['version', 7.5, 'it is 7.5, not a whole number'],
    ['update_count', 1e300, 'it is 1e+300, which is too large'],
    ['reward', 'high', 'it is a text, not a number'],
    ['reward', '<img>', 'it is a text, not a number'],
    ['day_quality', true, 'it is true, not a number'],
    ['checksum', 'abc', 'it is not a SHA-256 in hex, which has 64 digits'],
    ['checksum', 7, 'it is 7, not a SHA-256 in hex'],
    ['metrics', [1], 'it is a list, not an object'],
    ['training_state', 'late', 'it is a text, not an object'],
    ['tags', 'good', 'it is a text, not a list of texts'],
    ['tags', [1], 'not all that is in its list is text'],
    ['file_size_bytes', -1, 'it is -1, and a size is not below 0'],
    ['file_size', 0.5, 'it is 0.5, not a whole number'],
    ['timestamp', 1704112200, 'it is 1704112200, not a text'],
    ['symbol', {}, 'it is an object, not a text'],
  ])('of %s (%j) is named and set aside in plain words; the others count', (key, value, why) => {
    const { metadata, problems, fault } = read(JSON.stringify({ model_class: 'PPO', [key]: value }));
    expect(metadata).toEqual({ model_class: 'PPO' });
    expect(problems).toEqual([`its sidecar's ${key} cannot be used: ${why}`]);
    expect(fault).toBe(key === 'reward' || key === 'metrics' ? problems[0] : undefined);
  });
});

test.each(['__proto__', 'constructor'])('a key called %s brings no checksum in by the back door', (key) => {
  const { metadata } = read(`{"${key}": {"checksum": "${'a'.repeat(64)}", "tags": 7}, "version": "wrong"}`);
  expect([metadata?.checksum, metadata?.tags]).toEqual([undefined, undefined]);
});
