/** A value that records from files have at one place: where it is, as names from the outside in, and what each record has there. */
export interface MergedLeaf {
  path: readonly string[];
  /** In the order of the records; undefined where one has nothing, or nested values. */
  values: readonly unknown[];
}

/** So many values of records are compared, and so deep. */
const [mostLeaves, deepest] = [5000, 12];

/** Every value of nested objects, lists being values of their own, that any of the records has; the first 5,000, and whether there are more. */
export function mergeRecords(records: readonly unknown[]): { leaves: MergedLeaf[]; isCut: boolean } {
  const leaves: MergedLeaf[] = [];
  collect(records, [], leaves);
  return { leaves: leaves.slice(0, mostLeaves), isCut: leaves.length > mostLeaves };
}

/** What tells one path from another, whatever the names in it. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function collect(nodes: readonly unknown[], path: readonly string[], leaves: MergedLeaf[]): void {
  if (leaves.length > mostLeaves) return;
  const nested = nodes.map((node) => (path.length < deepest && isNested(node) ? node : null));
  const values = nodes.map((node, index) => (nested[index] ? undefined : node));
  if (path.length > 0 && values.some((value) => value !== undefined)) leaves.push({ path, values });
  const names = new Set(nested.flatMap((node) => (node ? Object.keys(node) : [])));
  for (const name of names)
    collect(
      nested.map((node) => (node && Object.hasOwn(node, name) ? node[name] : undefined)),
      [...path, name],
      leaves,
    );
}

function isNested(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  );
}
