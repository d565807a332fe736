import { rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { type ArrayHeader, parseArrayHeader } from './parse-header.ts';

const longestHeader = 1024 * 1024;
/** With what stands before it, of most arrays: read at once, for an npz may have thousands of them. */
const usualHeader = 128;

/** The header of an array, and where its elements begin. @throws Damage when it is cut off or not readable */
export async function readArrayHeader(source: Source): Promise<{ header: ArrayHeader; dataStart: number }> {
  const cutOff = () => `${formatCount(source.size)} bytes: its header is cut off`;
  rule(source.size >= 12, cutOff);
  const start = await source.read(0, Math.min(source.size, usualHeader));
  // Version 1.0 has a 16-bit length, the later ones a 32-bit one.
  const [length, at] = start[6] === 1 ? [start.readUInt16LE(8), 10] : [start.readUInt32LE(8), 12];
  rule(length <= longestHeader, 'its header is longer than any that is written');
  rule(at + length <= source.size, cutOff);
  const dataStart = at + length;
  const text = dataStart <= start.length ? start.subarray(at, dataStart) : await source.read(at, length);
  return { header: parseArrayHeader(text.toString('latin1')), dataStart };
}
