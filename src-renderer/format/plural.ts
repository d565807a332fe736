import { formatCount } from './format-number.ts';

/** `1 version`, `1,500 versions`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
