import { invisible } from '../../shared/command/invisible.ts';

/** Text from a file with every character that could hide or turn it round made visible: `\n` as ␊, U+202E as [U+202E]. */
export function visibleText(text: string): string {
  return text.replace(invisible, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
