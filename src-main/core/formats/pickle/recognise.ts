import type { FormatName, Head } from '../format.ts';

const protocolInstruction = 0x80;
const newestProtocol = 5;

/** From protocol 2 on a pickle starts with its protocol number. */
export function recognisePickle({ bytes }: Head): FormatName | null {
  const protocol = bytes[1] ?? 0;
  return bytes[0] === protocolInstruction && protocol >= 2 && protocol <= newestProtocol ? 'pickle' : null;
}

/** Protocols 0 and 1 have no mark, so the name must say that it is a pickle: they start as these instructions do. */
export function recogniseOldPickle({ bytes, name }: Head): FormatName | null {
  const isNamed = /\.(pkl|pickle|p)$/i.test(name);
  return isNamed && '(cIVSLFN]}'.includes(String.fromCharCode(bytes[0] ?? 0)) ? 'pickle' : null;
}
