/** The polynomial of CRC-32, the highest power last. */
const polynomial = 0xedb88320;
const one = 0x80000000;

/** The CRC-32 of some bytes with others behind them, from that of either and how many the others are. zlib's `crc32_combine` */
export function joinCrc32(before: number, behind: number, length: number): number {
  let [power, square] = [one, one >>> 8];
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return (multiply(power, before) ^ behind) >>> 0;
}

/** Of two polynomials, by the one of CRC-32. */
function multiply(a: number, b: number): number {
  let [product, factor] = [0, b];
  for (let bit = one; bit > 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return product >>> 0;
}
