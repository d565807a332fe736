/** For an option that may be given more than once, with one value each time: what follows that is no value of it. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
