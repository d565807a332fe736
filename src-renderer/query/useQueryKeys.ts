import type { KeyboardEvent } from 'react';
import type { Suggestions } from './useSuggestions.ts';

interface Leaving {
  /** Whether something is offered or said below the box. */
  isOpen: boolean;
  onClose: () => void;
  onClear: () => void;
  onLeave: () => void;
}

/**
 * Keys of the query box. While something is offered the arrows choose, Tab takes the chosen or the first, Enter the chosen;
 * else ↓ and Enter go back to the table. Esc closes what is below the box, else clears it and goes back.
 */
export function useQueryKeys(
  { items, chosen, move, take, open }: Suggestions,
  { isOpen, onClose, onClear, onLeave }: Leaving,
): (event: KeyboardEvent) => void {
  // Leaving makes text of half a condition, as it stood when the key came: that goes first.
  const clear = () => {
    onLeave();
    onClear();
  };
  const goBack = isOpen ? onClose : clear;
  const offered = new Map<string, () => void>([
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['Tab', () => take()],
    ['Enter', () => (chosen < 0 ? onLeave() : take())],
    ['Escape', goBack],
  ]);
  const alone = new Map<string, () => void>([
    ['Control+ ', open],
    ['ArrowDown', onLeave],
    ['Enter', onLeave],
    ['Escape', goBack],
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
