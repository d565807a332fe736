/** The version that a writer says it has: digits first, and no longer than any. Null for what is none. */
export function shortVersion(value: unknown): string | null {
  return typeof value === 'string' && /^\d[\w.+-]{0,39}$/.test(value) ? value : null;
}
