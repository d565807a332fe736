import { type FocusEvent, type KeyboardEvent, useState } from 'react';

const targets = new Map<string, (at: number, count: number) => number>([
  ['ArrowLeft', (at) => at - 1],
  ['ArrowRight', (at) => at + 1],
  ['Home', () => 0],
  ['End', (_at, count) => count - 1],
]);

/**
 * Makes a row of heads one stop of the Tab key: the arrows, Home and End go from head to head.
 * @returns what the row needs, and the `tabIndex` of each head's button by the id of its column
 */
export function useHeadKeys(ids: readonly string[]) {
  const [last, setLast] = useState<string | null>(null);
  const stop = last !== null && ids.includes(last) ? last : ids[0];
  const onFocus = ({ target }: FocusEvent) => setLast(columnOf(target));
  const onKeyDown = (event: KeyboardEvent) => {
    const to = targets.get(event.key);
    if (!to || event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return;
    // Else the rows below would go by it too.
    event.stopPropagation();
    event.preventDefault();
    const heads = [...event.currentTarget.querySelectorAll('button')];
    heads[to(ids.indexOf(columnOf(event.target) ?? ''), heads.length)]?.focus();
  };
  return { row: { onFocus, onKeyDown }, tabIndexOf: (id: string) => (id === stop ? 0 : -1) };
}

function columnOf(part: EventTarget): string | null {
  return part instanceof Element
    ? (part.closest('[data-column]')?.getAttribute('data-column') ?? null)
    : null;
}
