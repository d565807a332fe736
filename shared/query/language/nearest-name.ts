/** The name that a misspelt one most likely means; null when none is near. Upper and lower case are the same. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  const asked = name.slice(0, longest).toLowerCase();
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(asked.length / 3)) + 1;
  for (const each of names) {
    const distance = distanceBetween(asked, each.slice(0, longest).toLowerCase(), least);
    if (distance >= least) continue;
    least = distance;
    nearest = each;
  }
  return nearest;
}

/** More of a name does not tell it from others. */
const longest = 64;

/** How many letters must be put in, taken out or changed to make one word the other; `enough` when it is that or more. */
function distanceBetween(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 0; row < a.length; row += 1) above = nextRow(above, row + 1, a[row], b);
  return above[b.length] ?? enough;
}

function nextRow(above: readonly number[], first: number, letter: string | undefined, b: string): number[] {
  const row = [first];
  for (let column = 1; column <= b.length; column += 1) {
    const [left = 0, up = 0, corner = 0] = [row[column - 1], above[column], above[column - 1]];
    row.push(Math.min(left + 1, up + 1, corner + Number(letter !== b[column - 1])));
  }
  return row;
}
