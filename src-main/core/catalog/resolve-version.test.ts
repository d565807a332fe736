import { describe, expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { makeVersion } from '../../../shared/model/version.fixture.ts';
import { ModelNotFoundError, UsageError } from '../errors.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { describeVersion } from './describe-version.ts';
import { inPlace } from './identity-of-folder.ts';
import { resolveVersion } from './resolve-version.ts';

const versions = [
  { id: 'best_models/model_v0007.pt', number: 7 },
  { id: 'best_models/model_v0008.pt', number: 8 },
  { id: 'checkpoints/checkpoint.pt', number: null },
  { id: 'checkpoints/late.pt', number: 8 },
  { id: '9', number: 1 },
  { id: 'checkpoints/nine.pt', number: 9 },
];

test.each([
  ['best_models/model_v0008.pt', 1],
  ['7', 0],
  ['v7', 0],
  ['v0007', 0],
  ['checkpoint.pt', 2],
  ['checkpoint', 2],
  ['9', 4],
])('%s names one version', (word, index) => {
  expect(resolveVersion(versions, word)).toBe(versions[index]);
});

test('the number in a name finds a version whose sidecar has another, where no version has that number', () => {
  const stale = { id: 'best_models/model_v0003_reward0.3000.pt', number: 8 };
  expect(resolveVersion([stale], '3')).toBe(stale);
  expect(resolveVersion([stale], 'v8')).toBe(stale);
  const real = { id: 'best_models/model_v0004_reward0.3000.pt', number: 3 };
  expect(resolveVersion([stale, real], '3')).toBe(real);
});

test('an exact file name comes before names without their ending', () => {
  const both = [
    { id: 'checkpoints/a.pt.gz', number: null },
    { id: 'checkpoints/a.pt', number: null },
    { id: 'checkpoints/7', number: null },
    { id: 'checkpoints/b.pt', number: 7 },
  ];
  expect(resolveVersion(both, 'a.pt')).toBe(both[1]);
  expect(resolveVersion(both, 'a.pt.gz')).toBe(both[0]);
  expect(resolveVersion(both, '7')).toBe(both[2]);
  expect(resolveVersion([{ id: 'x/a.pt.gz', number: null }], 'a.pt').id).toBe('x/a.pt.gz');
});

test('a name is found by the escapes that lists show of it, where none has that very name', () => {
  const odd = [
    { id: 'checkpoints/a\nb.pt', number: null },
    { id: 'checkpoints/c\u202ed.pt', number: null },
    { id: 'checkpoints/c\\u202ed.pt', number: null },
  ];
  expect(resolveVersion(odd, 'a\\u000ab.pt')).toBe(odd[0]);
  expect(resolveVersion(odd, 'checkpoints/a\\u000ab.pt')).toBe(odd[0]);
  expect(resolveVersion(odd, 'c\\u202ed.pt')).toBe(odd[2]);
});

test('where the escapes of two names are alike, both are told as a shell takes them', () => {
  const [id, other] = ['x/a\n\\u000a.pt', 'x/a\\u000a\n.pt'];
  const odd = [id, other].map((each) => ({ id: each, number: null }));
  expect(() => resolveVersion(odd, 'a\\u000a\\u000a.pt')).toThrow(
    String.raw`it names 2 versions — give one by its id: $'x/a\012\\u000a.pt' or $'x/a\\u000a\012.pt'`,
  );
});

test('an ambiguous word is refused with the candidates, an unknown one with what to do', () => {
  expect(() => resolveVersion(versions, '8')).toThrow(UsageError);
  expect(() => resolveVersion(versions, '8')).toThrow(
    /best_models\/model_v0008\.pt or checkpoints\/late\.pt$/,
  );
  const long = `checkpoints/${'x'.repeat(240)} 8.pt`;
  const odd = [{ id: long, number: 8 }, ...versions];
  expect(() => resolveVersion(odd, '8')).toThrow(
    `'${long}', best_models/model_v0008.pt or checkpoints/late.pt`,
  );
  for (const word of ['', 'v', '70', '7.0', '-7', '__proto__', 'model', '..']) {
    expect(() => resolveVersion(versions, word)).toThrow(ModelNotFoundError);
  }
  expect(() => resolveVersion(versions, 'a\u001b[2J')).toThrow('“a\\u001b[2J”');
});

describe('everything known of a version', () => {
  test('has its sidecar as it stands, every digit kept', () => {
    const run = temporaryFolder();
    const path = put(run, 'a.b.pt', 'x');
    put(run, 'a.b.json', '{"seed": 12345678901234567890, "reward": NaN}');
    const found = describeVersion(makeVersion({ id: 'a.b.pt' }), inPlace(run, defaultStorageConfig));
    expect(found).toMatchObject({
      id: 'a.b.pt',
      path,
      sidecar: { seed: 12345678901234567890n, reward: Number.NaN },
    });
    expect(Date.parse(found.modified_at ?? '')).toBeGreaterThan(0);
  });

  test('has the sidecar that the list took its facts from, and no other, when that is broken', () => {
    const run = temporaryFolder();
    put(run, 'a.json', '{"v":');
    put(run, 'a_meta.json', '{"v": 2}');
    expect(
      describeVersion(makeVersion({ id: 'a.pt' }), inPlace(run, defaultStorageConfig)).sidecar,
    ).toBeNull();
  });

  test.each([
    ['a.pt', 'a_meta.json', '{"v": 1}', { v: 1 }],
    ['a.pt.gz', 'a.json', '{"v": 1}', { v: 1 }],
    ['a.pt', 'a.json', '[1]', null],
    ['a.pt', 'a.json', '{"v":', null],
    ['a.pt', 'b.json', '{}', null],
  ])('of %s with %s of %s', (id, name, text, sidecar) => {
    const run = temporaryFolder();
    put(run, name, text);
    expect(describeVersion(makeVersion({ id }), inPlace(run, defaultStorageConfig))).toMatchObject({
      sidecar,
      modified_at: null,
    });
  });
});
