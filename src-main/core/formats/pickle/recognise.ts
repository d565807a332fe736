import type { FormatName, Head } from '../format.ts';

const protocolInstruction = 0x80;
const newestProtocol = 5;

/** From protocol 2 on a pickle starts with its protocol number. */
export function recognisePickle({ bytes }: Head): FormatName | null {
  const protocol = bytes[1] ?? 0;
  return bytes[0] === protocolInstruction && protocol >= 2 && protocol <= newestProtocol ? 'pickle' : null;
}

/** Something of Python named before anything else: what `torch.load` would carry out, whatever the file is called. */
const namesPython =
  /^(?:[()\]}0N]|[IFLp][-\d.]{1,20}L?\n){0,64}c[A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n[()N\]}ISVpqt.]/;

/**
 * Protocols 0 and 1 have no mark: they start as these instructions do, which a text may too. So the name must say that it is a
 * pickle, or its first bytes must name something of Python.
 */
export function recogniseOldPickle({ bytes, name }: Head): FormatName | null {
  const isNamed = /\.(pkl|pickle|p)$/i.test(name);
  if (isNamed && '(cIVSLFN]}'.includes(String.fromCharCode(bytes[0] ?? 0))) return 'pickle';
  return namesPython.test(bytes.toString('latin1')) ? 'pickle' : null;
}
