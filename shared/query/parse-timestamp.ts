/** A point in time as a version tells it: `zoned` ones are absolute, the others are local to an unknown machine. */
export interface Timestamp {
  milliseconds: number;
  zoned: boolean;
}

const compact = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const iso =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/;

/** Reads both spellings found in sidecars, ISO 8601 and `YYYYmmdd_HHMMSS`; null when it is neither, or no such day exists. */
export function parseTimestamp(text: string | null): Timestamp | null {
  const match = text === null ? null : (iso.exec(text) ?? compact.exec(text));
  if (!match) return null;
  const [, year, month, day, hour, minute, second = 0, fraction = '', utc, sign, zoneHour, zoneMinute] =
    match;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const local = localTime(parts as Parts);
  if (local === null || Number(zoneMinute ?? 0) > 59) return null;
  const offset = sign ? Number(`${sign}1`) * (Number(zoneHour) * 60 + Number(zoneMinute)) : 0;
  return {
    milliseconds: local + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset * 60_000,
    zoned: utc !== undefined || sign !== undefined,
  };
}

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/** Milliseconds since 1970, were the clock that wrote it set to UTC; null for a 31 February or a 25th hour. */
function localTime([year, month, day, hour, minute, second]: Parts): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.setUTCHours(hour, minute, second, 0) : null;
}
