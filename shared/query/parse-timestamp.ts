/** A point in time as a version tells it: `zoned` ones are absolute, the others are local to an unknown machine. */
export interface Timestamp {
  milliseconds: number;
  zoned: boolean;
}

const compact = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads both spellings found in sidecars, ISO 8601 and `YYYYmmdd_HHMMSS`; null when it is neither. */
export function parseTimestamp(text: string | null): Timestamp | null {
  if (text === null) return null;
  const short = compact.exec(text);
  if (short) {
    const [, year, month, day, hour, minute, second] = short;
    return timestamp(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`, false);
  }
  const long = iso.exec(text);
  if (!long) return null;
  return timestamp(`${long[1]}T${long[2]}${long[3] ?? 'Z'}`, long[3] !== undefined);
}

function timestamp(text: string, zoned: boolean): Timestamp | null {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : { milliseconds, zoned };
}
