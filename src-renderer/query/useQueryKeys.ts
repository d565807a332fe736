import type { KeyboardEvent } from 'react';
import type { Suggestions } from './useSuggestions.ts';

interface Leaving {
  onClear: () => void;
  onLeave: () => void;
}

/**
 * Keys of the query box. While something is offered the arrows choose, Tab takes the chosen or the first, Enter the chosen, Esc
 * closes; else Esc clears the box and goes back to the table, and ↓ and Enter go there.
 */
export function useQueryKeys(
  { items, chosen, move, take, open, close }: Suggestions,
  { onClear, onLeave }: Leaving,
): (event: KeyboardEvent) => void {
  const offered = new Map<string, () => void>([
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['Tab', () => take()],
    ['Enter', () => (chosen < 0 ? onLeave() : take())],
    ['Escape', close],
  ]);
  const alone = new Map<string, () => void>([
    ['Control+ ', open],
    ['ArrowDown', onLeave],
    ['Enter', onLeave],
    [
      'Escape',
      () => {
        onClear();
        onLeave();
      },
    ],
  ]);
  const actions = items.length > 0 ? offered : alone;
  return (event) => {
    const action = actions.get(nameOf(event));
    if (!action || event.nativeEvent.isComposing) return;
    event.preventDefault();
    action();
  };
}

function nameOf({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): string {
  const held = [ctrlKey && 'Control+', shiftKey && 'Shift+', altKey && 'Alt+', metaKey && 'Meta+'];
  return [...held, key].filter(Boolean).join('');
}
