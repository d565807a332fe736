/** Bytes that a text stands for, and whether all readers take the same ones out of it. */
export interface Decoded {
  bytes: Buffer;
  isClear: boolean;
}

/**
 * Base64 as Python decodes it, which passes over all that is not of its alphabet. Of a `=` anywhere but at the end some versions end there, some
 * pass over it too: read is what follows it as well, and that is not clear. Modules/binascii.c, `a2b_base64`
 */
export function decodeBase64(text: string): Decoded {
  const isClear = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return { bytes: Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64'), isClear };
}
