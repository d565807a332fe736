import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { type Evidence, judge } from './judge.ts';
import type { Verification } from './verification.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const identity = { dev: 1, ino: 2, size: 1000, mtimeMs: 5, ctimeMs: 6 };
const whole = { format: 'torch-zip', state: 'whole', detail: null } as const;
const torn = { format: 'torch-zip', state: 'torn', detail: '1,000 bytes: the end is missing' } as const;
const unknown = { format: 'unknown', state: 'unknown', detail: 'no known format' } as const;

const evidence = (rest: Partial<Evidence> = {}): Evidence => ({
  structure: whole,
  actual: a,
  damagedMember: null,
  identity,
  expected: a,
  recordedSize: null,
  previous: null,
  checkedAt: '2024-01-01T00:00:00.000Z',
  ...rest,
});
const earlier = (integrity: Partial<Integrity>, rest: Partial<Verification> = {}): Verification => ({
  id: 'x',
  identity,
  recorded: null,
  integrity: { ...bareIntegrity('verified'), ...integrity },
  ...rest,
});
const touched = { ...identity, mtimeMs: 4 };

describe('reading a file says of it', () => {
  test.each<[string, Partial<Evidence>, Partial<Integrity>]>([
    ['verified when the hashes are equal', {}, { state: 'verified', detail: null, actual: a, expected: a }],
    [
      'unsealed when no checksum is on record',
      { expected: null },
      { state: 'unsealed', actual: a, expected: null },
    ],
    [
      'torn when its structure is, even with equal hashes',
      { structure: torn },
      { state: 'torn', expected: a },
    ],
    [
      'torn with both sizes where the record has another',
      { structure: torn, recordedSize: 2500 },
      { state: 'torn', detail: '1,000 of 2,500 bytes: the end is missing' },
    ],
    [
      'torn when it is nothing known and nothing vouches for it',
      { structure: unknown, expected: null },
      { state: 'torn' },
    ],
    [
      'verified when it is nothing known but its hash is right',
      { structure: unknown },
      {
        state: 'verified',
        detail: 'of no format that Cairn knows, though its bytes are as saved: no known format',
      },
    ],
    [
      'mismatch without a cause when it was never read before',
      { expected: b },
      { state: 'mismatch', cause: null, actual: a, expected: b },
    ],
    [
      'mismatch, changed, when its size is not the recorded one',
      { expected: b, recordedSize: 2500 },
      { state: 'mismatch', cause: 'changed', detail: expect.stringContaining('1,000 of 2,500 bytes') },
    ],
    [
      'mismatch, changed, when it was touched since it was read',
      { expected: b, previous: earlier({}, { identity: touched }) },
      { state: 'mismatch', cause: 'changed' },
    ],
    [
      'mismatch, bit rot, when it was right and neither size nor time has moved',
      { expected: b, previous: earlier({ actual: b }) },
      { state: 'mismatch', cause: 'bit-rot', detail: expect.stringMatching(/^bit rot: /) },
    ],
    [
      'the cause it had, when it was a mismatch before',
      {
        expected: b,
        previous: earlier({ state: 'mismatch', cause: 'bit-rot', expected: b, actual: a }, { recorded: b }),
      },
      { state: 'mismatch', cause: 'bit-rot' },
    ],
    [
      'no cause when its bytes are those that were read before, and only the checksum on record is another',
      { expected: b, previous: earlier({ actual: a, expected: a }, { recorded: a }) },
      { state: 'mismatch', cause: null, detail: 'the bytes differ from the checksum on record' },
    ],
    [
      'no bit rot when a wrong checksum was put on record for bytes that never changed',
      { expected: b, previous: earlier({ state: 'unsealed', actual: a }) },
      { state: 'mismatch', cause: null },
    ],
    [
      'no bit rot, when it was that compared with another checksum, and its bytes are the same since',
      {
        expected: b,
        previous: earlier({ state: 'mismatch', cause: 'bit-rot', expected: c, actual: a }, { recorded: c }),
      },
      { state: 'mismatch', cause: null },
    ],
    [
      'not changed when it was touched but its bytes are those that were read before',
      { expected: b, previous: earlier({ actual: a }, { identity: touched }) },
      { state: 'mismatch', cause: null },
    ],
    [
      'bit rot when its bytes moved again since they were found wrong',
      {
        expected: b,
        previous: earlier({ state: 'mismatch', cause: null, expected: b, actual: c }, { recorded: b }),
      },
      { state: 'mismatch', cause: 'bit-rot' },
    ],
    [
      'unsealed when the checksum that it contradicted is no longer on record',
      {
        expected: null,
        previous: earlier({ state: 'mismatch', cause: null, expected: b, actual: a }, { recorded: b }),
      },
      { state: 'unsealed' },
    ],
    [
      'bit rot without a checksum, when its bytes differ from those read before and it was not touched',
      { expected: null, previous: earlier({ state: 'unsealed', actual: b }) },
      { state: 'mismatch', cause: 'bit-rot', expected: b, actual: a },
    ],
    [
      'bit rot still, when it is read a second time',
      { expected: null, previous: earlier({ state: 'mismatch', cause: 'bit-rot', expected: b, actual: a }) },
      { state: 'mismatch', cause: 'bit-rot', expected: b },
    ],
    [
      'unsealed without a checksum, when it was saved anew',
      { expected: null, previous: earlier({ state: 'unsealed', actual: b }, { identity: touched }) },
      { state: 'unsealed' },
    ],
    [
      'mismatch without a checksum, when its size is not the recorded one',
      { expected: null, recordedSize: 2500 },
      {
        state: 'mismatch',
        cause: 'changed',
        detail: '1,000 of 2,500 bytes: the size differs from the one on record',
        actual: a,
      },
    ],
    [
      'mismatch with the member’s name when a member’s CRC is wrong',
      { expected: null, damagedMember: 'data/0 is damaged' },
      { state: 'mismatch', cause: null, detail: 'data/0 is damaged' },
    ],
  ])('%s', (_what, rest, expected) => {
    expect(judge(evidence(rest))).toMatchObject({ ...expected, checked_at: '2024-01-01T00:00:00.000Z' });
  });
});

const hash = fc.constantFrom(a, b, c);
const maybeHash = fc.option(hash, { nil: null });
/** Only what was a mismatch has a cause. */
const withoutStrayCause = (previous: Verification): Verification =>
  previous.integrity.state === 'mismatch'
    ? previous
    : { ...previous, integrity: { ...previous.integrity, cause: null } };
const anyPrevious = fc.option(
  fc
    .record({
      id: fc.constant('x'),
      identity: fc.constantFrom(identity, touched, null),
      recorded: maybeHash,
      integrity: fc.record({
        state: fc.constantFrom<Integrity['state'][]>('verified', 'unsealed', 'mismatch', 'torn'),
        detail: fc.constant(null),
        cause: fc.constantFrom<Integrity['cause'][]>('changed', 'bit-rot', null),
        expected: maybeHash,
        actual: maybeHash,
        checked_at: fc.constant(null),
      }),
    })
    .map(withoutStrayCause),
  { nil: null },
);
const anyEvidence = fc.record<Evidence>({
  structure: fc.constantFrom(whole, torn, unknown),
  actual: hash,
  damagedMember: fc.constantFrom(null, 'damaged'),
  identity: fc.constant(identity),
  expected: maybeHash,
  recordedSize: fc.constantFrom(null, 1000, 2500),
  previous: anyPrevious,
  checkedAt: fc.constant('2024'),
});

test('whatever else is known, verified means: on record, equal, and whole', () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const { state, cause, actual } = judge(given);
      const equal = given.expected === given.actual && given.structure.state !== 'torn';
      expect(state === 'verified').toBe(equal);
      expect(state === 'torn').toBe(
        given.structure.state === 'torn' || (given.structure === unknown && given.expected === null),
      );
      if (state !== 'mismatch') expect(cause).toBeNull();
      expect(actual).toBe(given.actual);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

/** Whether the bytes are others than those read before, though neither size nor time has changed since. */
function rotted({ actual, identity: now, previous }: Evidence): boolean {
  if (!previous?.identity || previous.identity.mtimeMs !== now.mtimeMs) return false;
  return previous.integrity.actual !== null && previous.integrity.actual !== actual;
}

/** Whether its bytes are those of the last reading. */
const isSame = ({ actual, previous }: Evidence): boolean => previous?.integrity.actual === actual;
/** The cause it had at the last reading, when the same checksum was on record. */
const earlierCause = ({ expected, previous }: Evidence): Integrity['cause'] =>
  previous?.recorded === expected ? previous.integrity.cause : null;

test('bit rot is said of bytes alone that changed while size and time did not, now or when last read', () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const isKept = isSame(given) && earlierCause(given) === 'bit-rot';
      if (judge(given).cause === 'bit-rot') expect(rotted(given) || isKept).toBe(true);
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('changed is not said of bytes that are the same as before, unless it was so then or the size tells', () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const isKept = earlierCause(given) === 'changed' || given.recordedSize === 2500;
      if (judge(given).cause === 'changed') expect(isSame(given) && !isKept).toBe(false);
    }),
    { seed: 1, numRuns: 5000 },
  );
});
