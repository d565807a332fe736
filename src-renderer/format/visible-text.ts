const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a file name must not hide
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Text from a file with every character that could hide or turn it round made visible: `\n` as ␊, U+202E as [U+202E]. */
export function visibleText(text: string): string {
  return text.replace(invisible, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
