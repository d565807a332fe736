/** A value within a record from a file: where it is, as names from the outside in, and what it is. */
export interface Leaf {
  path: readonly string[];
  value: unknown;
}

/** So many values of one record are compared, and so deep. */
const [mostLeaves, deepest] = [5000, 12];

/** Every value of nested objects, lists being values of their own; the first 5,000. */
export function flattenRecord(record: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  collect(record, [], leaves);
  return leaves;
}

/** What tells one path from another, whatever the names in it. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function collect(value: unknown, path: readonly string[], leaves: Leaf[]): void {
  if (leaves.length >= mostLeaves) return;
  if (path.length < deepest && isNested(value)) {
    for (const [name, inner] of Object.entries(value)) collect(inner, [...path, name], leaves);
  } else if (path.length > 0) leaves.push({ path, value });
}

function isNested(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  );
}
