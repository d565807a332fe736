import { Density, giveBack, takeDensity } from './density.ts';

/** Where a gap between two lanes lies in a picture, in dots; all of its rows are as long as `stride`. */
export interface Gap {
  left: number;
  width: number;
  stride: number;
  height: number;
}

/** The lines of a gap, those that are one on the screen taken together: the rows where they begin, how far down they go with each column, and how many they are. */
export interface Lines {
  starts: Float64Array;
  slopes: Float64Array;
  density: Density;
}

/** @param pairs how many lines go from each of so many steps to each, from the bottom up: from the first to all others, then from the second */
export function linesBetween(pairs: Density, steps: number, { width, height }: Gap): Lines {
  const count = pairs.counts.reduce((so, lines) => (lines > 0 ? so + 1 : so), 0);
  const [starts, slopes] = [new Float64Array(count), new Float64Array(count)];
  const density = new Density(count, pairs.isValued);
  const scale = (height - 1) / (steps - 1);
  for (let pair = 0, line = 0; pair < pairs.counts.length; pair += 1) {
    if (pairs.counts[pair] === 0) continue;
    const [from, to] = [Math.floor(pair / steps), pair % steps];
    starts[line] = height - 1 - from * scale;
    slopes[line] = ((from - to) * scale) / Math.max(1, width);
    density.addOf(line, pairs, pair);
    line += 1;
  }
  return { starts, slopes, density };
}

/** So many columns are gone through together. */
const pieceWidth = 24;

/**
 * Adds the lines of a gap to a picture, one dot of each column. Those that are at the same dots where a piece of the gap begins and where it
 * ends are drawn once in between: of very many, few are not.
 */
export function drawGap(picture: Density, lines: Lines, gap: Gap): void {
  // However near the lanes are, no line goes farther than from one end of them to the other.
  const reach = Math.min(gap.height, Math.ceil((gap.height * pieceWidth) / Math.max(1, gap.width)));
  const ways = takeDensity(gap.height * (2 * reach + 1), picture.isValued);
  for (let from = 0; from < gap.width; from += pieceWidth) {
    const width = Math.min(pieceWidth, gap.width - from);
    countWays(ways, lines, { from, to: from + width, reach });
    drawWays(picture, ways, { ...gap, left: gap.left + from, width }, reach);
    ways.clear();
  }
  giveBack(ways);
}

/** From which column to which, and how many rows up or down a line goes between them at most. */
interface Piece {
  from: number;
  to: number;
  reach: number;
}

/** How many lines go from each row of one column to each of the other. */
function countWays(ways: Density, { starts, slopes, density }: Lines, { from, to, reach }: Piece): void {
  for (let line = 0; line < starts.length; line += 1) {
    const [start, slope] = [starts[line] as number, slopes[line] as number];
    const row = rowAt(start, slope, from);
    ways.addOf(row * (2 * reach + 1) + reach + rowAt(start, slope, to) - row, density, line);
  }
}

function drawWays(picture: Density, ways: Density, { left, width, stride }: Gap, reach: number): void {
  const span = 2 * reach + 1;
  for (let way = 0; way < ways.counts.length; way += 1) {
    const lines = ways.counts[way] as number;
    if (lines === 0) continue;
    const [start, slope] = [Math.floor(way / span), ((way % span) - reach) / width];
    const [valued, sum] = [ways.valued[way] ?? 0, ways.sums[way] ?? 0];
    for (let column = 0; column < width; column += 1)
      picture.add(rowAt(start, slope, column) * stride + left + column, lines, valued, sum);
  }
}

/** The nearest row; none is above the first. */
function rowAt(start: number, slope: number, column: number): number {
  return (start + slope * column + 0.5) | 0;
}
