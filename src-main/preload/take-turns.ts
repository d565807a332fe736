/** So many requests of one name are with the main process at once: more than there can be works whose end a window waits for. */
const mostAtOnce = 100;
/** So many more of it wait here: our own pages never come near that. */
const mostWaiting = 1000;

/**
 * Lets each kind of request have turns of its own: however many of one wait, another goes to the main process at once.
 * @returns what asks in turn; null where too many of that name wait already
 */
export function createTurns(): <T>(name: string, ask: () => Promise<T>) => Promise<T> | null {
  const kinds = new Map<string, { asking: number; waiting: (() => void)[] }>();
  return (name, ask) => {
    const kind = kinds.get(name) ?? { asking: 0, waiting: [] };
    kinds.set(name, kind);
    const next = () => {
      kind.asking -= 1;
      kind.waiting.shift()?.();
    };
    const begin = () => {
      kind.asking += 1;
      return ask().finally(next);
    };
    if (kind.asking < mostAtOnce) return begin();
    if (kind.waiting.length >= mostWaiting) return null;
    return new Promise((answer) => kind.waiting.push(() => answer(begin())));
  };
}
