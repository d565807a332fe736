import { formatCount } from './format-number.ts';

/** `1 version`, `1,500 versions`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `; 2 versions were left out`; nothing where none was. */
export function leftOutWords({ length }: readonly unknown[]): string {
  return length === 0 ? '' : `; ${plural(length, 'version was', 'versions were')} left out`;
}

/** `1 version is`, `1,500 versions are`. */
export function versionsAre(count: number): string {
  return `${plural(count, 'version')} ${count === 1 ? 'is' : 'are'}`;
}
