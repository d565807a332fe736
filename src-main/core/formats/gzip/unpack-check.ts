import { createGunzip } from 'node:zlib';
import type { MemberChecksums } from '../zip/member-checksums.ts';
import { InflatedChecksum } from '../zip/running-checksum.ts';

/** Unpacks a gzip file during one pass, keeping nothing: its own trailer has the CRC-32 and the length. RFC 1952. */
export function startUnpackCheck(): MemberChecksums {
  const unpacked = new InflatedChecksum(createGunzip(), null);
  return {
    update: (chunk) => unpacked.update(chunk),
    async finish() {
      return (await unpacked.finish()) === null
        ? 'its compressed data is damaged, or its end is missing'
        : null;
    },
  };
}
