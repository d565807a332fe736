import { notifications } from '@mantine/notifications';
import type { Failure, Result } from '../../shared/failure.ts';
import { failureWords } from './failure-words.ts';
import { staying } from './staying.ts';

const tone = 'var(--mismatch)';

/** Tells the user what went wrong and what to do about it. */
export function showFailure(failure: Failure): void {
  notifications.show({ color: tone, ...failureWords(failure) });
}

/** As {@link showFailure}, where nobody looks at what failed any more: it stays until somebody has read it. */
export function showLateFailure(failure: Failure): void {
  notifications.show({ color: tone, ...staying, ...failureWords(failure) });
}

/**
 * The value of a request, or null after its failure was shown.
 * @param isWanted whether anybody still waits for it once it has come: where nobody does there is neither a value nor a notice
 */
export async function valueOrNotice<T>(
  request: Promise<Result<T>>,
  isWanted: () => boolean = () => true,
): Promise<T | null> {
  const result = await request;
  if (!isWanted()) return null;
  if (result.ok) return result.value;
  showFailure(result.failure);
  return null;
}
