/** How many lines there are at each place; how many of them have a value that colours them, and the sum of where it lies on its ramp. */
export class Density {
  readonly counts: Uint32Array;
  readonly valued: Uint32Array;
  readonly sums: Float32Array;

  /** @param isValued whether anything colours the lines */
  constructor(size: number, isValued: boolean) {
    this.counts = new Uint32Array(size);
    this.valued = new Uint32Array(isValued ? size : 0);
    this.sums = new Float32Array(isValued ? size : 0);
  }

  get isValued(): boolean {
    return this.valued.length > 0;
  }

  add(place: number, lines: number, valued: number, sum: number): void {
    this.counts[place] = (this.counts[place] as number) + lines;
    if (valued === 0) return;
    this.valued[place] = (this.valued[place] as number) + valued;
    this.sums[place] = (this.sums[place] as number) + sum;
  }

  /** @param share where its value lies on the ramp; NaN where it has none */
  addOne(place: number, share: number): void {
    if (Number.isNaN(share)) this.add(place, 1, 0, 0);
    else this.add(place, 1, 1, share);
  }

  /** All lines of a place of another. */
  addOf(place: number, { counts, valued, sums }: Density, from: number): void {
    this.add(place, counts[from] as number, valued[from] ?? 0, sums[from] ?? 0);
  }

  clear(): void {
    for (const numbers of [this.counts, this.valued, this.sums]) numbers.fill(0);
  }
}

/** Those that nobody needs any more, as many as one picture takes. */
const spare: Density[] = [];
const mostSpare = 4;

/** An empty one, to be given back: megabytes thrown away with each move of the pointer would have the collector hold up the page. */
export function takeDensity(size: number, isValued: boolean): Density {
  const at = spare.findIndex((each) => each.counts.length === size && each.isValued === isValued);
  return spare.splice(at, at < 0 ? 0 : 1)[0] ?? new Density(size, isValued);
}

export function giveBack(density: Density): void {
  density.clear();
  spare.push(density);
  if (spare.length > mostSpare) spare.shift();
}
