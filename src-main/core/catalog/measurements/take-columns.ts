/** The columns of a table of numbers that stands row by row. */
export function takeColumns(numbers: Float64Array, width: number): Float64Array[] {
  const rows = numbers.length / width;
  return Array.from({ length: width }, (_, place) => {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) column[row] = numbers[row * width + place] ?? 0;
    return column;
  });
}
