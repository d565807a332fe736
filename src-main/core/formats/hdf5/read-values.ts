import { rule } from '../damage.ts';
import type { Hdf5File } from './hdf5-file.ts';
import type { Hdf5Library } from './library.ts';

/** Makes the library write into its memory, from that address on; below 0 where it could not. */
export type Fill = (library: Hdf5Library, file: bigint, into: bigint) => number;

const notGiven = 'its elements cannot be had';

/** What the library writes into so many bytes of its memory, copied out of it. @throws Damage when it cannot */
export function readBytes(file: Hdf5File, bytes: number, fill: Fill): Buffer {
  return inMemory(file, bytes, fill, (memory, address) =>
    Buffer.from(memory.subarray(address, address + bytes)),
  );
}

/** The same for texts of any length, which are elsewhere in its memory; each is cut at so many bytes. */
export function readTexts(file: Hdf5File, count: number, longest: number, fill: Fill): string[] {
  return inMemory(file, 4 * count, fill, (memory, address) => {
    const places = new DataView(memory.buffer, memory.byteOffset + address, 4 * count);
    return Array.from({ length: count }, (_, index) => {
      const start = places.getUint32(4 * index, true);
      return start === 0 ? '' : untilNul(memory.subarray(start, start + longest));
    });
  });
}

/** As C has it. */
export function untilNul(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
}

function inMemory<T>(
  file: Hdf5File,
  bytes: number,
  fill: Fill,
  take: (memory: Uint8Array, address: number) => T,
): T {
  return file.ask((library, id) => {
    const address = library._malloc(Math.max(1, bytes)) >>> 0;
    rule(address !== 0, 'its elements take more memory than they may');
    try {
      // What is not written must not be what another question left there.
      library.HEAPU8.fill(0, address, address + bytes);
      rule(fill(library, id, BigInt(address)) >= 0, notGiven);
      return take(library.HEAPU8, address);
    } finally {
      library._free(address);
    }
  });
}
