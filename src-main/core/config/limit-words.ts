import { writeAge, writeSize } from '../../../shared/model/amounts.ts';
import { plural } from '../formats/plain-text.ts';
import type { Limits } from './settings.ts';

const day = 24 * 3600 * 1000;

/** Limits in words: `7 days, 20 GB, room on the disk`. */
export function limitWords({ age, bytes }: Limits): string {
  const own = [age === null ? null : ageWords(age), bytes === null ? null : writeSize(bytes)];
  return [...own, 'room on the disk'].filter((each) => each !== null).join(', ');
}

/** How long what is moved by itself stays: `for 7 days, unless …`. */
export function stayWords({ age, bytes }: Limits): string {
  const lasts = age === null ? 'until you empty it' : `for ${ageWords(age)}`;
  const full = bytes === null ? '' : `the trash holds more than ${writeSize(bytes)} or `;
  return `${lasts}, unless ${full}the disk has no room for the next save`;
}

function ageWords(age: number): string {
  return age > 0 && age % day === 0 ? plural(age / day, 'day') : writeAge(age);
}
