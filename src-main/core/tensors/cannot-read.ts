import { ModelManagerError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';

/** That elements could not be read, whatever the reason: an error, or a few words. */
export function cannotRead(why: unknown): ModelManagerError {
  const reason = typeof why === 'string' ? why : explainError(why);
  return new ModelManagerError(
    `cannot read the elements of its tensors — ${reason} — fix that and try again`,
    {
      cause: why,
    },
  );
}
