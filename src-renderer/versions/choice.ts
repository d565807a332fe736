/** Which versions of a list are chosen, by handle: the `selected` one has the focus and is one of them. */
export interface Choice {
  selected: number | null;
  /** Where a range begins that Shift extends. */
  anchor: number | null;
  chosen: ReadonlySet<number>;
}

export const nothingChosen: Choice = { selected: null, anchor: null, chosen: new Set() };

export function choose(handle: number | null): Choice {
  return handle === null
    ? nothingChosen
    : { selected: handle, anchor: handle, chosen: new Set<number>([handle]) };
}

/** All of these; the focus stays where it is if that is among them, and goes to the first otherwise. */
export function chooseAll(choice: Choice, handles: Iterable<number>): Choice {
  const chosen = new Set(handles);
  const [first = null] = chosen;
  const selected = choice.selected !== null && chosen.has(choice.selected) ? choice.selected : first;
  return { selected, anchor: selected, chosen };
}

/** With one more, or one less: the focus goes to it, or to another that is still chosen. */
export function toggle(choice: Choice, handle: number): Choice {
  const chosen = new Set(choice.chosen);
  if (!chosen.delete(handle)) return { selected: handle, anchor: handle, chosen: chosen.add(handle) };
  const [another = null] = choice.selected === handle ? chosen : [choice.selected];
  return { selected: another, anchor: another, chosen };
}

/**
 * Everything from the anchor to a version, in the order of the list, and nothing else.
 * @param between the handles from one to another, both included
 */
export function extendTo(
  choice: Choice,
  handle: number,
  between: (from: number, to: number) => Iterable<number>,
): Choice {
  const anchor = choice.anchor ?? handle;
  return { selected: handle, anchor, chosen: new Set(between(anchor, handle)).add(handle) };
}

/** Without those that are gone; the focus goes to another that is still chosen. */
export function keepPresent(choice: Choice, isThere: (handle: number) => boolean): Choice {
  const chosen = new Set([...choice.chosen].filter(isThere));
  if (chosen.size === choice.chosen.size) return choice;
  const [another = null] = chosen;
  const present = (handle: number | null) => (handle !== null && chosen.has(handle) ? handle : another);
  return { selected: present(choice.selected), anchor: present(choice.anchor), chosen };
}
