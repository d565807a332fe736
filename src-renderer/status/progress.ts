import type { Task } from '../../shared/model/task.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatDuration } from '../format/format-time.ts';

type Progress = Pick<Task, 'bytesDone' | 'bytesTotal' | 'seconds'>;

/** Too early in a task to say how fast it is, in seconds. */
const tooEarly = 0.3;

/** Bytes a second so far, or null while there is too little to go by. */
export function rateOf({ bytesDone, seconds }: Progress): number | null {
  return seconds >= tooEarly && bytesDone > 0 ? bytesDone / seconds : null;
}

/** "1.20 GB of 2.00 GB · 430 MB/s · 3 s left", as far as it is known. */
export function describeProgress(progress: Progress): string {
  const { bytesDone, bytesTotal } = progress;
  const done = `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
  const rate = rateOf(progress);
  if (rate === null) return done;
  const left = formatDuration(Math.max(0, bytesTotal - bytesDone) / rate);
  return `${done} · ${formatRate(rate)} · ${left} left`;
}

function formatRate(bytesPerSecond: number): string {
  const megabytes = bytesPerSecond / 1e6;
  return `${megabytes >= 10 ? Math.round(megabytes) : megabytes.toFixed(1)} MB/s`;
}
