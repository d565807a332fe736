import { formatCount } from './format-number.ts';

/** `1 version`, `1,500 versions`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1 version is`, `1,500 versions are`. */
export function versionsAre(count: number): string {
  return `${plural(count, 'version')} ${count === 1 ? 'is' : 'are'}`;
}
