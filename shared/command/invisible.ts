/** What a text must not hide: control characters, and those that take no room or turn the text round. */
export const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a file name must not hide
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
