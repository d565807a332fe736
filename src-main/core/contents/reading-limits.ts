/** What reading one file may cost. Memory in megabytes, time in milliseconds. */
export interface ReadingLimits {
  memory: number;
  time: number;
  /** Ends the thread at once. */
  signal?: AbortSignal;
}

export const usualLimits: ReadingLimits = { memory: 512, time: 30_000 };
