import { jsonTokens } from './json-tokens.ts';

const steps: ReadonlyMap<string, number> = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
]);

/**
 * JSON that breaks off, cut behind the last value that is whole within `depth` objects, and closed there; null where there is none.
 * What is between is not checked: who reads the result finds out whether it is JSON.
 */
export function closeObject(text: string, depth: number): string | null {
  let [whole, open] = [-1, 0];
  for (const { text: token, end } of jsonTokens(text)) {
    const step = steps.get(token) ?? 0;
    open += step;
    if (step < 0 && open === depth) whole = end;
  }
  return whole < 0 ? null : text.slice(0, whole) + '}'.repeat(depth);
}
