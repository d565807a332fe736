import type { Ranked } from './rank-versions.ts';

type Dated = Pick<Ranked, 'id' | 'modifiedAt'>;

/** A file of a series, and the numbers in its id. */
interface Numbered {
  file: Dated;
  numbers: readonly number[];
}

/** What stands before a number that tells how far training was. */
const progress = /(?:epoch|step|iter|iteration|update|episode|timestep)s?[=_-]?$/i;

/**
 * When files were written, by ids, where their names tell otherwise than their times, in milliseconds: those of one series, whose names differ
 * in one number alone, or in others beside that of their epoch or step, were written in the order of it. What was copied has its time from
 * then. Each series keeps the times that it has, in another order.
 */
export function seriesTimes(files: readonly Dated[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const [shape, members] of seriesIn(files)) {
    const place = placeOfOrder(shape, members);
    if (place === null) continue;
    const inOrder = members.toSorted((a, b) => (a.numbers[place] ?? 0) - (b.numbers[place] ?? 0));
    const written = Float64Array.from(members, ({ file }) => file.modifiedAt).sort();
    for (const [index, { file }] of inOrder.entries()) times.set(file.id, written[index] ?? file.modifiedAt);
  }
  return times;
}

/** By the ids without their numbers; a file without a number is in none. */
function seriesIn(files: readonly Dated[]): Map<string, Numbered[]> {
  const series = new Map<string, Numbered[]>();
  for (const file of files) {
    const { shape, numbers } = takeApart(file.id);
    if (numbers.length === 0) continue;
    const members = series.get(shape);
    if (members) members.push({ file, numbers });
    else series.set(shape, [{ file, numbers }]);
  }
  return series;
}

/** The numbers in an id, and the id with a 0 in place of each. By hand: there may be a hundred thousand at each change. */
function takeApart(id: string): { shape: string; numbers: number[] } {
  const numbers: number[] = [];
  let shape = '';
  let from = 0;
  for (let at = 0; at < id.length; at += 1) {
    if (!isDigit(id, at)) continue;
    const start = at;
    while (isDigit(id, at + 1)) at += 1;
    numbers.push(Number(id.slice(start, at + 1)));
    shape += `${id.slice(from, start)}0`;
    from = at + 1;
  }
  return { shape: shape + id.slice(from), numbers };
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Which number tells the order: the only one that differs, else the only one of those that is of an epoch or step. Null where none does, or two are the same. */
function placeOfOrder(shape: string, members: readonly Numbered[]): number | null {
  const [one] = members;
  if (!one || members.length === 1) return null;
  const differing = [...one.numbers.keys()].filter((place) =>
    members.some(({ numbers }) => numbers[place] !== one.numbers[place]),
  );
  const words = shape.split(/0/);
  const telling = differing.filter((place) => progress.test(words[place] ?? ''));
  const [place, ...others] = differing.length === 1 ? differing : telling;
  if (place === undefined || others.length > 0) return null;
  return new Set(members.map(({ numbers }) => numbers[place])).size === members.length ? place : null;
}
