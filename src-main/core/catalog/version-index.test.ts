import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { makeVersion } from '../../../shared/model/version.fixture.ts';
import { type Version, versionSchema } from '../../../shared/model/version.ts';
import type { Verification } from '../integrity/verification.ts';
import { comparableVersion } from './comparable-version.fixture.ts';
import { companionKinds } from './layouts/known-layouts.ts';
import { asText, type ListedVersion, listVersion, textAfter, withMetric } from './listed-version.ts';
import { unmeasured } from './measurements/measured.ts';
import { packVersions } from './packed-versions.ts';
import { unpackVersions } from './unpack-versions.ts';
import { VersionIndex } from './version-index.ts';

const identity = { dev: 1, ino: 2, size: 1000, mtimeMs: 3.25, ctimeMs: 4 };
const hash = 'a'.repeat(64);

function listed(id: string, rest: Partial<Version> = {}, file = identity): ListedVersion {
  const { integrity, ...record } = makeVersion({
    id,
    checksum: hash,
    integrity: { ...bareIntegrity('unverified'), expected: hash },
    ...rest,
  });
  const entry = {
    record,
    integrity,
    time: null,
    modifiedAt: 0,
    identity: file,
    recordedSize: 1000,
    companions: [],
    companionState: 0,
    fault: null,
    contradicted: false,
  };
  return listVersion(entry, 'sharpe');
}
const checked = (state: Integrity['state']): Integrity => ({
  ...bareIntegrity(state),
  checked_at: '2024-01-01T00:00:00Z',
});

/** An index over these versions, and what is remembered of them. */
function indexOf(versions: ListedVersion[], mode: 'max' | 'min' = 'max') {
  const remembered = new Map<string, Verification>();
  const index = new VersionIndex(
    { get: (id) => remembered.get(id) ?? null },
    { name: 'sharpe', mode },
    () => 'never asked for',
  );
  index.apply({ changed: versions, removed: [] });
  index.rank();
  return { index, remembered };
}
const badgesOf = (index: VersionIndex) => ({
  best: [...index.all()].filter(({ id }) => index.version(id)?.is_best).map(({ id }) => id),
  latest: [...index.all()].filter(({ id }) => index.version(id)?.is_latest).map(({ id }) => id),
});

describe('a version is known', () => {
  test('as the listing has it, while nobody has read its bytes', () => {
    const { index } = indexOf([listed('a', { metrics: { sharpe: 1 } })]);
    expect(index.version('a')).toEqual({
      ...makeVersion({ id: 'a', checksum: hash, metrics: { sharpe: 1 } }),
      integrity: { ...bareIntegrity('unverified'), expected: hash },
      is_best: true,
      is_latest: true,
    });
    expect(JSON.parse(`{${index.textOf(index.listed('a') as ListedVersion)}}`)).toEqual(index.version('a'));
    expect(index.version('b')).toBeUndefined();
  });

  test('as verifying found it, while the file is untouched and the record the same', () => {
    const { index, remembered } = indexOf([]);
    remembered.set('a', { id: 'a', identity, recorded: hash, integrity: checked('verified') });
    index.apply({ changed: [listed('a')], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('verified');
    index.apply({ changed: [listed('a', {}, { ...identity, ctimeMs: 5 })], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('unverified');
    index.apply({ changed: [listed('a', { checksum: 'b'.repeat(64) })], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('unverified');
  });

  test('as torn once that was found, until the file changes', () => {
    const { index } = indexOf([listed('a')]);
    expect(index.found('a', { identity, recorded: hash, integrity: bareIntegrity('torn') })).toEqual(['a']);
    expect([index.version('a')?.integrity.state, index.listed('a')?.state]).toEqual(['torn', 'torn']);
    index.apply({ changed: [listed('a')], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('torn');
    index.apply({ changed: [listed('a', {}, { ...identity, mtimeMs: 9 })], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('unverified');
    expect(index.found('gone', { identity, integrity: bareIntegrity('torn') })).toEqual([]);
  });

  test('anew once the checksum on record is another than what it was compared with', () => {
    const other = listed('a', { checksum: 'b'.repeat(64) });
    for (const state of ['verified', 'torn'] as const) {
      const { index } = indexOf([listed('a')]);
      const finding = { identity, recorded: hash, integrity: checked(state) };
      expect(index.found('a', finding)).toEqual(['a']);
      index.apply({ changed: [other], removed: [] });
      expect(index.version('a')?.integrity.state).toBe('unverified');
      expect(index.found('a', finding)).toEqual([]);
      expect(index.version('a')?.integrity.state).toBe('unverified');
    }
  });

  test('anew once a checksum vouches for what was torn without one', () => {
    const { index } = indexOf([listed('a', { checksum: null, integrity: bareIntegrity('unsealed') })]);
    index.found('a', { identity, integrity: bareIntegrity('torn') });
    expect(index.version('a')?.integrity.state).toBe('torn');
    index.apply({ changed: [listed('a')], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('unverified');
  });

  test('anew when it was removed and is back', () => {
    const { index } = indexOf([listed('a')]);
    index.found('a', { identity, recorded: hash, integrity: bareIntegrity('torn') });
    index.apply({ changed: [], removed: ['a'] });
    index.apply({ changed: [listed('a')], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('unverified');
  });

  test('as it is now, when what was found out is of the file it was before', () => {
    const { index } = indexOf([listed('a', {}, { ...identity, ino: 9 })]);
    expect(index.found('a', { identity, integrity: bareIntegrity('torn') })).toEqual([]);
    expect(index.version('a')?.integrity.state).toBe('unverified');
    index.found('a', { identity: null, integrity: bareIntegrity('unreadable') });
    expect(index.version('a')?.integrity.state).toBe('unreadable');
  });

  test('as being written, whatever was remembered of it', () => {
    const { index, remembered } = indexOf([]);
    remembered.set('a', { id: 'a', identity, recorded: hash, integrity: checked('verified') });
    index.apply({ changed: [listed('a', { integrity: bareIntegrity('writing') })], removed: [] });
    expect(index.version('a')?.integrity.state).toBe('writing');
  });
});

describe('a version without a sidecar is known', () => {
  const bare = (rest: Partial<Version> = {}, file = identity) =>
    listed(
      'a',
      { checksum: null, metadata_source: 'none', integrity: bareIntegrity('unsealed'), ...rest },
      file,
    );
  const own = { metadata: { reward: 2, metrics: { sharpe: 1 } }, problems: [] };
  const nothingBeside = { companionState: 0, recognised: null, mismatches: [] };
  const found = [{ id: 'a', identity, fault: null, own, ...nothingBeside }];

  test('as its file describes it, each state of that being asked once', () => {
    const { index } = indexOf([bare()]);
    expect([index.isUnasked('a'), index.isUnasked('b')]).toEqual([true, false]);
    expect(index.learned(found)).toEqual(['a']);
    expect(index.version('a')).toMatchObject({ reward: 2, metadata_source: 'contents' });
    expect(index.listed('a')).toMatchObject({ value: 1, source: 'contents' });
    expect(index.isUnasked('a')).toBe(false);
    expect(index.learned(found)).toEqual([]);
    index.apply({ changed: [bare({ backups: 2 })], removed: [] });
    expect(index.version('a')).toMatchObject({ reward: 2, backups: 2, metadata_source: 'contents' });
  });

  test('by its name again once its file is another, and by its sidecar once it has one', () => {
    const { index } = indexOf([bare()]);
    index.learned(found);
    index.apply({ changed: [listed('a', { reward: 5 })], removed: [] });
    expect(index.version('a')).toMatchObject({ reward: 5, metadata_source: 'sidecar' });
    expect([index.isUnasked('a'), index.learned(found)]).toEqual([false, []]);
    index.apply({ changed: [bare({}, { ...identity, ctimeMs: 9 })], removed: [] });
    expect(index.version('a')).toMatchObject({ reward: 0.5, metadata_source: 'none' });
    expect([index.learned(found), index.isUnasked('a')]).toEqual([[], true]);
  });

  test('as silent where its file says nothing, which is not asked again', () => {
    const { index } = indexOf([bare()]);
    const silent = { metadata: null, problems: [] };
    index.learned([{ id: 'a', identity, fault: bareIntegrity('torn'), own: silent, ...nothingBeside }]);
    expect(index.version('a')).toMatchObject({ metadata_source: 'none', integrity: { state: 'torn' } });
    expect(index.isUnasked('a')).toBe(false);
  });

  test('as verified, whatever a look at its structure made of it before', () => {
    const { index } = indexOf([bare()]);
    index.found('a', { identity, recorded: null, integrity: checked('unsealed') });
    index.learned([{ id: 'a', identity, fault: bareIntegrity('torn'), own, ...nothingBeside }]);
    expect(index.version('a')).toMatchObject({ reward: 2, integrity: { state: 'unsealed' } });
  });
});

describe('the badges', () => {
  const [low, high] = [
    listed('low', { version: 2, metrics: { sharpe: 1 } }),
    listed('high', { version: 1, metrics: { sharpe: 2 } }),
  ];

  test('are worn by one each, by the metric and direction of the run', () => {
    expect(badgesOf(indexOf([low, high]).index)).toEqual({ best: ['high'], latest: ['low'] });
    expect(badgesOf(indexOf([low, high], 'min').index)).toEqual({ best: ['low'], latest: ['low'] });
  });

  test('move on when what wears them turns out broken or goes, and both are told', () => {
    const { index } = indexOf([low, high]);
    index.found('high', { identity, recorded: hash, integrity: checked('mismatch') });
    expect(index.rank().sort()).toEqual(['high', 'low']);
    expect(badgesOf(index)).toEqual({ best: ['low'], latest: ['low'] });
    index.apply({ changed: [], removed: ['low'] });
    index.rank();
    expect(badgesOf(index)).toEqual({ best: [], latest: [] });
    expect(index.rank()).toEqual([]);
    expect(index.size).toBe(1);
  });
});

describe('a version held as text', () => {
  const odd = makeVersion({
    id: 'a\n"b',
    reward: Number.NaN as never,
    metrics: { sharpe: -Infinity, 'line\nbreak': '\u2028', other: 2 },
    notes: '\ud800',
  });

  test('comes back as it was, with the numbers that JSON lacks as texts', () => {
    const text = asText(listed('x', odd).text ?? '');
    const badges = { best: 'a\n"b', latest: null };
    const after = textAfter('a\n"b', bareIntegrity('unsealed'), badges);
    const version = JSON.parse(`{${text}${after}}`);
    expect(versionSchema.safeParse(version).success).toBe(true);
    expect(version).toMatchObject({
      id: 'a\n"b',
      reward: 'NaN',
      metrics: { sharpe: '-Infinity', 'line\nbreak': '\u2028' },
      is_best: true,
      is_latest: false,
    });
  });

  test('can be ranked by another metric', () => {
    expect(listed('x', odd).value).toBe(-Infinity);
    expect(withMetric(listed('x', odd), 'other').value).toBe(2);
    expect(withMetric(listed('x', odd), 'reward').value).toBeNaN();
    expect(withMetric(listed('x', odd), 'toString').value).toBeNull();
  });

  test('is a row with the symbol, and as much of long notes as a list carries', () => {
    const { index } = indexOf([
      listed('a', { symbol: 'ES', notes: `\0${'n'.repeat(5000)}`, timestamp: 'a\0b' }),
    ]);
    expect(index.row('a')).toMatchObject({ symbol: 'ES', pinned: false, timestamp: 'a\ufffdb' });
    expect(index.row('a')?.notes).toBe(`\ufffd${'n'.repeat(999)}`);
    expect(index.version('a')?.notes).toHaveLength(5001);
  });

  test('crosses between threads unharmed, whatever is in it', () => {
    const versions = fc.array(
      fc.record({
        id: fc.string({ unit: 'binary' }).map((id) => id.replaceAll('\0', '')),
        notes: fc.string({ unit: 'binary' }),
        symbol: fc.string({ unit: 'binary' }),
        timestamp: fc.string({ unit: 'binary' }),
        problems: fc.uniqueArray(fc.string({ unit: 'binary' })),
        reward: fc.double({ noNaN: true, noDefaultInfinity: true }),
      }),
    );
    fc.assert(
      fc.property(versions, (all) => {
        const list = all.map(({ id, ...rest }, index) => ({
          ...listed(id, { ...rest, metrics: { sharpe: 0.5 } }),
          fault: rest.problems.at(-1) ?? null,
          contradicted: index % 2 === 1,
          companions: companionKinds.filter((_, kind) => index & (1 << kind)),
        }));
        const back = unpackVersions(structuredClone(packVersions(list)));
        expect(back.map(comparableVersion)).toEqual(list.map(comparableVersion));
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

test('a version that was missing when somebody wanted to read it is there again once its file is listed, and not before', () => {
  const { index } = indexOf([listed('a'), { ...listed('gone'), identity: null }]);
  for (const id of ['a', 'gone']) index.found(id, { identity: null, integrity: bareIntegrity('missing') });
  expect(index.foundAgain()).toEqual(['a']);
  expect(index.integrity('a')?.state).toBe('unverified');
  expect(index.integrity('gone')?.state).toBe('missing');
});

test('once a sidecar has a reward those that others measured look different, and again when it goes', () => {
  const bare = listed('bare', { metadata_source: 'file_name', reward: null, metrics: {} });
  const { index } = indexOf([bare]);
  const measured = { ...unmeasured, reward: 43 };
  index.measuredBy({
    noteEpochs: () => false,
    of: () => measured,
    sourcesOf: () => [],
    measurementOf: () => null,
    episodesOf: () => null,
  });
  expect(index.row('bare')?.reward).toBe(43);
  expect(index.apply({ changed: [listed('saved', { reward: 0.9 })], removed: [] })).toContain('bare');
  expect(index.row('bare')?.reward).toBeNull();
  expect(index.apply({ changed: [], removed: ['saved'] })).toContain('bare');
  expect(index.row('bare')?.reward).toBe(43);
});
