/** What a thread may cost that reads what others wrote. `memory` of its heap in megabytes; `time`, for which it says nothing, in milliseconds. */
export interface WorkerLimits {
  memory: number;
  time: number;
}

/** Those of reading one file; `signal` ends the thread at once. */
export interface ReadingLimits extends WorkerLimits {
  signal?: AbortSignal;
}

export const usualLimits: ReadingLimits = { memory: 512, time: 30_000 };
