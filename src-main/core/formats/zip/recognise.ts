import type { FormatName, Head } from '../format.ts';
import { zipKindByFirstMember } from './kinds.ts';

const headerSignature = 0x04034b50;
const emptyArchive = 0x06054b50;

/** A zip starts with a member's header, or with the end record when it has no members. */
export function recogniseZip({ bytes, name }: Head): FormatName | null {
  const signature = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
  // As numpy saves no arrays.
  if (signature === emptyArchive) return /\.npz$/i.test(name) ? 'npz' : 'zip';
  return signature === headerSignature ? zipKindByFirstMember(firstName(bytes)) : null;
}

function firstName(bytes: Buffer): string {
  if (bytes.length < 30) return '';
  return bytes.subarray(30, 30 + bytes.readUInt16LE(26)).toString('utf8');
}
