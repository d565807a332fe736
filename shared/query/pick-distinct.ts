/** What tells the bytes of a version from others; null where that is not known. */
interface Held {
  bytes: string | null;
}

/**
 * The first `count` of a ranking that hold bytes of their own: of copies the first counts, the others are passed over.
 * @param rank gives the first so many of the ranking, fewer where there are no more
 * @param mayFillUp copies take the places that nothing else wants
 */
export function pickDistinct<T extends Held>(
  rank: (count: number) => readonly T[],
  count: number,
  mayFillUp: boolean,
): T[] {
  for (let asked = count; ; asked *= 2) {
    const ranked = rank(asked);
    const distinct = withoutCopies(ranked);
    if (distinct.length >= count) return distinct.slice(0, count);
    if (ranked.length < asked) return mayFillUp ? fillUp(ranked, new Set(distinct), count) : distinct;
  }
}

function withoutCopies<T extends Held>(ranked: readonly T[]): T[] {
  const held = new Set<string>();
  return ranked.filter(({ bytes }) => {
    if (bytes === null) return true;
    const isFirst = !held.has(bytes);
    held.add(bytes);
    return isFirst;
  });
}

function fillUp<T>(ranked: readonly T[], distinct: ReadonlySet<T>, count: number): T[] {
  const copies = ranked.filter((each) => !distinct.has(each)).slice(0, count - distinct.size);
  const filling = new Set([...distinct, ...copies]);
  return ranked.filter((each) => filling.has(each));
}
