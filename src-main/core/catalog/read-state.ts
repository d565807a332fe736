import type { Look } from '../files/file-identity.ts';
import { readNameOfLayout } from './layouts/known-layouts.ts';
import type { NamedState } from './layouts/layout.ts';
import { readCounts } from './layouts/name-numbers.ts';
import { parseFileName } from './parse-file-name.ts';

/**
 * What the name of a model says beyond what the reference's names do: in the way of a framework, else by the words that trainers use. Null
 * where it says nothing, and for names of the reference's.
 * @param stem the name without its ending
 */
export function readState(name: string, stem: string, lookAt: (name: string) => Look): NamedState | null {
  const { version, reward } = parseFileName(stem);
  if (version !== null && reward !== null) return null;
  return readNameOfLayout(name, (other) => isFile(lookAt(other))) ?? readCounts(stem);
}

function isFile(look: Look): boolean {
  return look !== null && 'type' in look && look.type === 'file';
}
