/** Why a job came to nothing, in one clause: `it took longer than 60 s`. */
export class JobFailure extends Error {}

export function cancelled(): JobFailure {
  return new JobFailure('it was cancelled');
}

/** @param timeout milliseconds */
export function tooLate(timeout: number): JobFailure {
  return new JobFailure(`it took longer than ${timeout / 1000} s`);
}
