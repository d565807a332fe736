/** The Castagnoli polynomial, its bits in reverse. */
const polynomial = 0x82f63b78;

/** Eight tables, so that eight bytes are taken at a time: `tables[i][b]` is what the byte b comes to with i bytes after it. */
const tables = makeTables();

/** CRC-32C of RFC 3720, as TensorFlow's records have it. */
function crc32c(bytes: Buffer): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    const low = crc ^ bytes.readInt32LE(at);
    const high = bytes.readInt32LE(at + 4);
    crc =
      at8(t7, low) ^
      at8(t6, low >>> 8) ^
      at8(t5, low >>> 16) ^
      at8(t4, low >>> 24) ^
      at8(t3, high) ^
      at8(t2, high >>> 8) ^
      at8(t1, high >>> 16) ^
      at8(t0, high >>> 24);
  }
  for (; at < bytes.length; at += 1) crc = at8(t0, crc ^ (bytes[at] ?? 0)) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** As a record has it: turned, and with a constant added, so that the CRC of bytes with a CRC in them means something. tensorflow/core/lib/hash/crc32c.h */
export function maskedCrc32c(bytes: Buffer): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function at8(table: Int32Array, byte: number): number {
  return table[byte & 0xff] as number;
}

type Tables = [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

function makeTables(): Tables {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const all = [first];
  for (let index = 1; index < 8; index += 1)
    all.push((all[index - 1] ?? first).map((crc) => at8(first, crc) ^ (crc >>> 8)));
  return all as Tables;
}
