import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ModelManagerError,
  ModelNotFoundError,
  ModelValidationError,
  toFailure,
  UsageError,
} from '../errors.ts';
import { errorCode, explainError } from './error-code.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('what the system refuses is said in words, the unforeseen by its own message', () => {
  const missing = thrownBy(() => statSync('/nowhere at all'));
  expect([errorCode(missing), explainError(missing)]).toEqual(['ENOENT', 'it is not there']);
  expect(explainError(Object.assign(new Error('x'), { code: 'EWEIRD' }))).toBe('EWEIRD');
  expect([errorCode(new Error('odd')), explainError(new Error('odd'))]).toEqual([null, 'odd']);
  expect([errorCode('text'), explainError('text')]).toEqual([null, 'text']);
});

test('of an error of ours the reason is told, not its name, nor the advice', () => {
  const torn = new ModelManagerError('a.pt is torn — the disk kept 1 of 2 bytes — try again');
  expect(errorCode(torn)).toBeNull();
  expect(explainError(torn)).toBe('the disk kept 1 of 2 bytes');
  expect(explainError(new UsageError('no such run'))).toBe('no such run');
});

test('a full, read-only or shared disk is said in words, and whether it was read or written', () => {
  const failure = (code: string, syscall: string) =>
    toFailure(Object.assign(new Error(code), { code, syscall, path: '/a' })).message;
  expect(failure('ENOSPC', 'write')).toBe('cannot write /a — the disk is full — fix that and try again');
  expect(failure('EROFS', 'open')).toMatch(/^cannot write \/a — the disk is read-only — /);
  expect(failure('EACCES', 'open')).toMatch(/^cannot read \/a — no permission — /);
  expect(failure('EACCES', 'rename')).toMatch(/^cannot write \/a — no permission — /);
  for (const code of ['EDQUOT', 'EEXIST', 'EXDEV', 'EBUSY', 'ENOTEMPTY'])
    expect(explainError(Object.assign(new Error(), { code }))).not.toContain(code);
  const refusals = [() => mkdirSync('/'), () => rmdirSync('/proc')].map(thrownBy);
  for (const refusal of refusals) expect(explainError(refusal)).not.toMatch(/E[A-Z]{3}/);
});

test('each error of ours reaches the user under its name, and all else as a fault', () => {
  expect(toFailure(new ModelNotFoundError('gone', { path: 'a.pt' }))).toEqual({
    code: 'ModelNotFound',
    message: 'gone',
    path: 'a.pt',
  });
  expect(toFailure(new ModelValidationError('bad')).code).toBe('ModelValidation');
  expect(toFailure(new UsageError('no')).code).toBe('Usage');
  expect(toFailure(new TypeError('x is not a function')).code).toBe('Unexpected');
  expect(toFailure('text')).toEqual({ code: 'Unexpected', message: 'text', path: null });
});

test.each([
  [122, 'EDQUOT', 'the quota on the disk is used up'],
  [116, 'ESTALE', 'the network folder has gone stale'],
])('an error that Node has no name for is known by its number: %d', (number, code, words) => {
  const error = Object.assign(new Error('what'), { code: `Unknown system error -${number}`, errno: -number });
  expect([errorCode(error), explainError(error)]).toEqual([code, words]);
});
