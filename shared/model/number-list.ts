/** Numbers in one array that grows. */
export class NumberList {
  values = new Float64Array(1024);
  length = 0;

  /** Makes room for so many more. @returns where in `values` they go */
  extend(count: number): number {
    const start = this.length;
    this.length += count;
    if (this.length > this.values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.values);
      this.values = grown;
    }
    return start;
  }

  /** What was put in since the last time, in memory of its own. */
  take(): Float64Array<ArrayBuffer> {
    const taken = this.values.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
