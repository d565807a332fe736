import { formatCount } from './plain-text.ts';

/** What is wrong with a structure, with the size that the record gives put beside the size there is. */
export function tornDetail(detail: string | null, size: number, recordedSize: number | null): string | null {
  const start = `${formatCount(size)} bytes`;
  if (recordedSize === null || recordedSize === size || !detail?.startsWith(start)) return detail;
  return `${formatCount(size)} of ${formatCount(recordedSize)} bytes${detail.slice(start.length)}`;
}
