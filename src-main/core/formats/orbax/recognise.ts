import type { FormatName, Head } from '../format.ts';

/** What Orbax writes of the tree that it saved, first of all. orbax/checkpoint/_src/metadata/tree.py */
const start = /^\s*\{\s*"tree_metadata"\s*:/;

export function recogniseOrbax({ bytes }: Head): FormatName | null {
  return start.test(bytes.toString('latin1', 0, 256)) ? 'orbax' : null;
}
