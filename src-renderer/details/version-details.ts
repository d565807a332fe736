/** What `showVersion` tells of a version: the VERSION of the command line, and where it lies. Any of it may be absent. */
export type VersionDetails = ReadonlyMap<string, unknown>;

export function parseDetails(json: string): VersionDetails {
  return new Map(entriesOf(JSON.parse(json)));
}

/** The own entries of an object or array from a file, in their order; none of a scalar. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** A scalar as text; null, and things with entries of their own, as null. */
export function scalarText(value: unknown): string | null {
  if (value === null || value === undefined || typeof value === 'object') return null;
  return String(value);
}

/** Stands where a value is cut. */
const ellipsis = '…';

/** An array's numbers, as far as they are told, when it has nothing else and enough of them to draw. */
export function numbersOf(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null;
  const told = value.at(-1) === ellipsis ? value.slice(0, -1) : value;
  return told.length >= 3 && told.every((item) => typeof item === 'number') ? told : null;
}

/** Whether not all of a part is told, for it is very long. */
export function isCut(details: VersionDetails | null, part: string): boolean {
  const cut = details?.get('cut');
  return Array.isArray(cut) && cut.includes(part);
}
