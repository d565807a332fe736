/** What a number field holds as a count: null while it is empty, or not a number that could be one. */
export function countOf(value: number | string, least: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : null;
}
