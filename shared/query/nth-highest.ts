/**
 * The number that would stand at place `count` (from 1) if these were sorted from the highest, in time that grows as their number
 * does (Hoare's selection). Their order is lost; none may be NaN.
 */
export function nthHighest(numbers: Float64Array, count: number): number {
  const place = numbers.length - count;
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const [left, right] = divide(numbers, low, high);
    if (place <= left) high = left;
    else if (place >= right) low = right;
    else break;
  }
  return numbers[place] as number;
}

/** Puts what is lower than some number of this part before what is higher. @returns the last place of the lower, the first of the higher */
function divide(numbers: Float64Array, low: number, high: number): [left: number, right: number] {
  const pivot = numbers[(low + high) >> 1] as number;
  let [left, right] = [low, high];
  while (left <= right) {
    while ((numbers[left] as number) < pivot) left += 1;
    while ((numbers[right] as number) > pivot) right -= 1;
    if (left > right) break;
    const moved = numbers[left] as number;
    numbers[left++] = numbers[right] as number;
    numbers[right--] = moved;
  }
  return [right, left];
}
