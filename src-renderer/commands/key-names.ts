interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * A press by its name, such as `Mod+Shift+c` or `G`: `Mod` is Ctrl, or ⌘ on a Mac. Shift is named where the character does
 * not tell it.
 */
export function nameOfPress({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string {
  const isMod = ctrlKey || metaKey;
  const tellsShift = key.length === 1 && !isMod && !altKey;
  const held = [isMod && 'Mod+', altKey && 'Alt+', shiftKey && !tellsShift && 'Shift+'].filter(Boolean);
  return [...held, isMod ? lowerLetter(key) : key].join('');
}

function lowerLetter(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

const shown = new Map([
  ['ArrowDown', '↓'],
  ['ArrowUp', '↑'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['PageDown', 'Page Down'],
  ['PageUp', 'Page Up'],
  ['Escape', 'Esc'],
  ['ContextMenu', 'Menu'],
  ['Delete', 'Del'],
  [' ', 'Space'],
  ['Mod', 'Ctrl'],
]);

const shownOnMac = new Map([...shown, ['Mod', '⌘'], ['Shift', '⇧'], ['Alt', '⌥']]);

/** A shortcut as keyboards have it: `Ctrl+C`, `⌘C`, `g g`. */
export function shownKeys(name: string, onMac = navigator.userAgent.includes('Mac OS')): string {
  const names = onMac ? shownOnMac : shown;
  const parts = name === ' ' ? [name] : name.split('+');
  const words = parts.map((part) => names.get(part) ?? (parts.length > 1 ? upperLetter(part) : part));
  return words.join(onMac ? '' : '+');
}

function upperLetter(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key;
}
