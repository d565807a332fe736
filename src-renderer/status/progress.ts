import type { Task } from '../../shared/model/task.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatDuration } from '../format/format-time.ts';

type Progress = Pick<Task, 'bytesDone' | 'bytesTotal' | 'filesDone' | 'filesTotal' | 'partSeconds'>;

/** Too early in a task to say how fast it is, in seconds. */
const tooEarly = 0.3;

/** What is counted of a task: bytes where they are known, else files; null while neither is. */
function countedOf({ bytesDone, bytesTotal, filesDone, filesTotal }: Progress) {
  if (bytesTotal > 0) return { done: bytesDone, total: bytesTotal };
  return filesTotal > 0 ? { done: filesDone, total: filesTotal } : null;
}

/** Between 0 and 1; null while it cannot be told. */
export function shareOf(progress: Progress): number | null {
  const counted = countedOf(progress);
  return counted && Math.min(1, counted.done / counted.total);
}

/** Bytes, or files, a second so far, or null while there is too little to go by. */
export function rateOf(progress: Progress): number | null {
  const { done = 0 } = countedOf(progress) ?? {};
  return progress.partSeconds >= tooEarly && done > 0 ? done / progress.partSeconds : null;
}

/** "3 s left", where that can be told; once all is done there is none to tell. */
function timeLeft(progress: Progress): string | null {
  const [counted, rate] = [countedOf(progress), rateOf(progress)];
  if (counted === null || rate === null || counted.done >= counted.total) return null;
  return `${formatDuration(Math.max(0, counted.total - counted.done) / rate)} left`;
}

/** "43% · 3 s left", as far as it is known. */
export function describeShare(progress: Progress): string {
  const share = shareOf(progress);
  const percent = share === null ? null : `${Math.round(share * 100)}%`;
  return [percent, timeLeft(progress)].filter((words) => words !== null).join(' · ');
}

/** "1.20 GB of 2.00 GB · 430 MB/s · 3 s left", as far as it is known; empty where only how many files there are is. */
export function describeProgress(progress: Progress): string {
  const { bytesDone, bytesTotal } = progress;
  const left = timeLeft(progress);
  if (bytesTotal === 0) return left ?? '';
  const rate = rateOf(progress);
  const speed = rate === null ? null : formatRate(rate);
  const done = `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
  return [done, speed, left].filter((words) => words !== null).join(' · ');
}

function formatRate(bytesPerSecond: number): string {
  if (bytesPerSecond < 1e5) return `${formatBytes(Math.round(bytesPerSecond))}/s`;
  const megabytes = bytesPerSecond / 1e6;
  return `${megabytes >= 10 ? Math.round(megabytes) : megabytes.toFixed(1)} MB/s`;
}
