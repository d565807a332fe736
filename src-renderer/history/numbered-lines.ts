import type { LogLine } from '../../shared/ipc/writing-contract.ts';

/** A line, and what tells it from all others: its place from the end, which stays while lines are added. */
export interface NumberedLine {
  key: string;
  line: LogLine;
}

/** @param lines the newest first @param older how many more there are before them */
export function numberLines(lines: readonly LogLine[], older: number): NumberedLine[] {
  return lines.map((line, index) => ({ key: String(older + lines.length - index), line }));
}
