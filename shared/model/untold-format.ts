/** Of a file that is empty, or of no known format, nothing was read that could tell what loading it does. */
export function isUntoldFormat(format: string): boolean {
  return format === 'unknown' || format === 'empty';
}
