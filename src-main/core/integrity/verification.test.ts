import { describe, expect, test } from 'vitest';
import { bareIntegrity, integrityStates } from '../../../shared/model/integrity.ts';
import { isLasting, stands, type Verification } from './verification.ts';

const identity = { dev: 1, ino: 2, size: 3, mtimeMs: 4.25, ctimeMs: 5 };
const hash = 'a'.repeat(64);
const verification: Verification = {
  id: 'x',
  identity,
  recorded: hash,
  integrity: bareIntegrity('verified'),
};

describe('a verification counts', () => {
  test('for as long as nothing about the file has changed', () => {
    expect(stands(verification, { ...identity }, hash)).toBe(true);
  });

  test.each(['dev', 'ino', 'size', 'mtimeMs', 'ctimeMs'] as const)(
    'no longer once its %s differs',
    (field) => {
      expect(stands(verification, { ...identity, [field]: identity[field] + 0.001 }, hash)).toBe(false);
    },
  );

  test('no longer once another checksum is on record, or none, or the file is gone', () => {
    expect(stands(verification, identity, 'b'.repeat(64))).toBe(false);
    expect(stands(verification, identity, null)).toBe(false);
    expect(stands(verification, null, hash)).toBe(false);
    expect(stands({ ...verification, identity: null }, identity, hash)).toBe(false);
  });
});

test('only what stays true is remembered: not that a file was being written, missing or out of reach', () => {
  const lasting = integrityStates.filter((state) =>
    isLasting({ ...verification, integrity: bareIntegrity(state) }),
  );
  expect(lasting).toEqual(['verified', 'unsealed', 'mismatch', 'torn']);
  expect(isLasting({ ...verification, identity: null })).toBe(false);
});
