import type { FormatName, Head } from '../format.ts';

/** LONG1, ten bytes, 0x1950a86a20f9469cfc6c: what `torch.save` wrote first before 1.6, and still can. */
const magic = Buffer.from('8a0a6cfc9c46f9206aa85019', 'hex');

/** PROTO 2, the magic number, STOP; protocols 4 and 5 may put a FRAME (9 bytes) before the number. */
export function recogniseTorchLegacy({ bytes }: Head): FormatName | null {
  if (bytes[0] !== 0x80) return null;
  const at = bytes.subarray(0, 32).indexOf(magic);
  return at === 2 || at === 11 ? 'torch-legacy' : null;
}
