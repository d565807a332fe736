import { type Head, headLength } from './format.ts';
import type { Source } from './source.ts';

/** The first bytes of a source, to recognise its format by. */
export async function readHead(source: Source): Promise<Head> {
  const bytes = await source.read(0, Math.min(source.size, headLength));
  return { name: source.name, size: source.size, bytes };
}
