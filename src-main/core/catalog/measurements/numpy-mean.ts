/** Numbers up to so many are added in eight sums, more in two halves. */
const longestBlock = 128;

/** The mean as numpy has it, to the last digit: which of two means is larger may depend on the order in which numbers are added. */
export function numpyMean(numbers: Float64Array): number {
  return sumPairwise(numbers) / numbers.length;
}

/** The standard deviation of the numbers themselves, as `numpy.std` has it. */
export function numpyStd(numbers: Float64Array): number {
  const mean = numpyMean(numbers);
  return Math.sqrt(numpyMean(numbers.map((each) => (each - mean) ** 2)));
}

function sumPairwise(numbers: Float64Array): number {
  if (numbers.length < 8) return numbers.reduce((sum, each) => sum + each, 0);
  if (numbers.length <= longestBlock) return sumBlock(numbers);
  const half = Math.floor(numbers.length / 16) * 8;
  return sumPairwise(numbers.subarray(0, half)) + sumPairwise(numbers.subarray(half));
}

function sumBlock(numbers: Float64Array): number {
  const even = numbers.length - (numbers.length % 8);
  const sums = numbers.slice(0, 8);
  for (let index = 8; index < even; index += 1) sums[index % 8] = at(sums, index % 8) + at(numbers, index);
  const pair = (index: number) => at(sums, index) + at(sums, index + 1);
  const whole = pair(0) + pair(2) + (pair(4) + pair(6));
  return numbers.subarray(even).reduce((sum, each) => sum + each, whole);
}

const at = (numbers: Float64Array, index: number): number => numbers[index] as number;
