import { InvalidArgumentError } from 'commander';

/** For an option that may be given more than once, with one value each time: what follows that is no value of it. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The same for words that say something. */
export function collectWords(value: string, before: readonly string[]): string[] {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty');
  return collect(value, before);
}

/** What tells that an option may be given more than once. */
export const collecting: ReadonlySet<unknown> = new Set([collect, collectWords]);
