const collator = new Intl.Collator('en', { numeric: true });

/** Names as people order them: `v2` before `v10`. */
export function compareNatural(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** The finite number as it is; everything else (null, NaN, ±Infinity) as null: it ranks last in both directions. */
export function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
