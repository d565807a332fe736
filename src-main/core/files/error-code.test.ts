import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ModelNotFoundError, ModelValidationError, toFailure, UsageError } from '../errors.ts';
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
