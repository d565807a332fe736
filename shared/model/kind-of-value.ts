/** What a value of a document is, in words that stand after `it is` and `not`; a number, a truth value and null as they are. */
export function kindOfValue(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
