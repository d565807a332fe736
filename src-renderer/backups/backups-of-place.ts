import type { Result } from '../../shared/failure.ts';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { Answer } from '../dialogs/useAnswer.ts';

/** Backups, and the place they were found in: null for the run's own. */
interface BackupsOfPlace {
  place: string | null;
}
type Listed = Requests['listBackups']['output'];

/** The backups with where they were asked for. */
export function fromPlace(place: string | null, result: Result<Listed>): Result<Listed & BackupsOfPlace> {
  return result.ok ? { ok: true, value: { ...result.value, place } } : result;
}

/** Without what was found in another place: until that of this one has come, its buttons would act on what is not there. */
export function whileIn<T extends BackupsOfPlace>(place: string | null, answer: Answer<T>): Answer<T> {
  const { value, waiting } = answer;
  if (value !== null && value.place !== place) return { ...answer, value: null };
  return waiting && value === null ? { ...answer, failure: null } : answer;
}
