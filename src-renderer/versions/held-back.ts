/** Whether a metric was measured on data held back from training, as its name says. */
export function isHeldBack(name: string): boolean {
  return /^(eval|val|valid|validation|test)[_/]/.test(name);
}

/** Those first, the others in their order. */
export function heldBackFirst(metrics: readonly string[]): string[] {
  return metrics.toSorted((a, b) => Number(isHeldBack(b)) - Number(isHeldBack(a)));
}
