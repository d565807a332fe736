import { z } from 'zod';

/** Everything that can go wrong at a shell, as a closed list; each has one sentence in {@link describeFailure}. */
const failureCodes = [
  'ModelNotFound',
  'ModelValidation',
  'ModelManager',
  'Usage',
  'NoSuchHandle',
  'Refused',
  'Unexpected',
] as const;

export const failureSchema = z.strictObject({
  code: z.enum(failureCodes),
  message: z.string(),
  path: z.string().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;
export type FailureCode = Failure['code'];

const nextSteps: Record<FailureCode, string> = {
  ModelNotFound: 'It may have been moved or removed: look at the list again.',
  ModelValidation: 'Nothing was changed.',
  ModelManager: 'Nothing was changed. Fix the cause and try again.',
  Usage: 'Nothing was changed.',
  NoSuchHandle: 'The run or version is no longer open in this window: open it again.',
  Refused: 'The request did not come from a window of Cairn.',
  Unexpected: 'This is a fault in Cairn. The log has the details.',
};

/** What the user can do next, by code; the failure's own message says what happened. */
export function nextStep(code: FailureCode): string {
  return nextSteps[code];
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };
