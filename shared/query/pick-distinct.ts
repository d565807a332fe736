/**
 * The first `count` of a ranking that are distinct: of those that share something the first counts, the others are passed over.
 * @param rank gives the first so many of the ranking, fewer where there are no more
 * @param mayFillUp those that were passed over take the places that nothing else wants
 * @param heldBy what tells one from others, such as its bytes; null for what is not known
 */
export function pickDistinct<T>(
  rank: (count: number) => readonly T[],
  count: number,
  mayFillUp: boolean,
  heldBy: (each: T) => readonly (string | null)[],
): T[] {
  for (let asked = count; ; asked *= 2) {
    const ranked = rank(asked);
    const distinct = firstOfEach(ranked, heldBy);
    if (distinct.length >= count) return distinct.slice(0, count);
    if (ranked.length < asked) return mayFillUp ? fillUp(ranked, new Set(distinct), count) : distinct;
  }
}

function firstOfEach<T>(ranked: readonly T[], heldBy: (each: T) => readonly (string | null)[]): T[] {
  const held = new Set<string>();
  return ranked.filter((each) => {
    const own = heldBy(each).filter((one) => one !== null);
    const isFirst = !own.some((one) => held.has(one));
    for (const one of own) held.add(one);
    return isFirst;
  });
}

function fillUp<T>(ranked: readonly T[], distinct: ReadonlySet<T>, count: number): T[] {
  const others = ranked.filter((each) => !distinct.has(each)).slice(0, count - distinct.size);
  const filling = new Set([...distinct, ...others]);
  return ranked.filter((each) => filling.has(each));
}
