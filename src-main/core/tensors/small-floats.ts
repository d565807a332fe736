/** How a float of at most 16 bits is laid out: a sign bit, then exponent, then mantissa. */
interface FloatLayout {
  exponentBits: number;
  mantissaBits: number;
  bias: number;
  /**
   * What the largest exponent stands for. `ieee`: infinities and NaN. `fn`: numbers, and NaN where all bits are ones.
   * `fnuz`: numbers; there is no negative zero, and its pattern is the only NaN.
   */
  special: 'ieee' | 'fn' | 'fnuz';
}

/** IEEE 754 half, bfloat16, and the 8-bit floats of the OCP and of Graphcore (arXiv 2209.05433, 2206.02915). */
const layouts: ReadonlyMap<string, FloatLayout> = new Map([
  ['float16', { exponentBits: 5, mantissaBits: 10, bias: 15, special: 'ieee' }],
  ['bfloat16', { exponentBits: 8, mantissaBits: 7, bias: 127, special: 'ieee' }],
  ['float8_e4m3fn', { exponentBits: 4, mantissaBits: 3, bias: 7, special: 'fn' }],
  ['float8_e5m2', { exponentBits: 5, mantissaBits: 2, bias: 15, special: 'ieee' }],
  ['float8_e4m3fnuz', { exponentBits: 4, mantissaBits: 3, bias: 8, special: 'fnuz' }],
  ['float8_e5m2fnuz', { exponentBits: 5, mantissaBits: 2, bias: 16, special: 'fnuz' }],
]);

const tables = new Map<string, Float64Array>();

/** The number that each bit pattern of a type stands for, indexed by the pattern; made when first asked for. */
export function floatTable(dtype: string): Float64Array {
  const known = tables.get(dtype);
  if (known) return known;
  const table = dtype === 'float8_e8m0fnu' ? scaleTable() : tableOf(dtype);
  tables.set(dtype, table);
  return table;
}

/** Powers of two alone, without a sign; all ones is NaN. */
function scaleTable(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, bits) => (bits === 255 ? Number.NaN : 2 ** (bits - 127)));
}

function tableOf(dtype: string): Float64Array {
  const layout = layouts.get(dtype);
  if (!layout) throw new RangeError(`${dtype} is no float of at most 16 bits`);
  const length = 2 ** (1 + layout.exponentBits + layout.mantissaBits);
  return Float64Array.from({ length }, (_, bits) => decodeFloat(bits, layout));
}

function decodeFloat(bits: number, layout: FloatLayout): number {
  const signBit = 2 ** (layout.exponentBits + layout.mantissaBits);
  if (layout.special === 'fnuz' && bits === signBit) return Number.NaN;
  const magnitude = decodeMagnitude(bits % signBit, layout);
  return bits >= signBit ? -magnitude : magnitude;
}

function decodeMagnitude(bits: number, { exponentBits, mantissaBits, bias, special }: FloatLayout): number {
  const mantissa = bits % 2 ** mantissaBits;
  const exponent = Math.floor(bits / 2 ** mantissaBits);
  const isLargest = exponent === 2 ** exponentBits - 1;
  if (isLargest && special === 'ieee') return mantissa === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (isLargest && special === 'fn' && mantissa === 2 ** mantissaBits - 1) return Number.NaN;
  const scale = 2 ** (Math.max(1, exponent) - bias - mantissaBits);
  return scale * (mantissa + (exponent === 0 ? 0 : 2 ** mantissaBits));
}
