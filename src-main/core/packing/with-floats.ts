import { referenceFloats } from '../../../shared/model/reference-floats.ts';
import { PythonFloat } from './torch-value.ts';

/** The same entries, with what the reference, or whoever saves, has as floats as such, whole numbers too; nothing further inside is looked at. */
export function withFloats<V>(
  entries: Iterable<readonly [string, V]>,
  floats: ReadonlySet<string> = referenceFloats,
): [string, V | PythonFloat][] {
  return Array.from(entries, ([key, value]) => [key, floats.has(key) ? asFloat(value) : value]);
}

function asFloat<V>(value: V): V | PythonFloat {
  if (Array.isArray(value)) return value.map(asFloat) as V;
  return typeof value === 'number' ? new PythonFloat(value) : value;
}
