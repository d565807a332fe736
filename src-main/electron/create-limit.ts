/**
 * Says whether something may happen once more: so often within a time, and no more.
 * @param within milliseconds
 * @param now the time in milliseconds
 */
export function createLimit(most: number, within: number, now: () => number = Date.now): () => boolean {
  let times: number[] = [];
  return () => {
    const at = now();
    times = times.filter((time) => at - time < within);
    if (times.length >= most) return false;
    times.push(at);
    return true;
  };
}
