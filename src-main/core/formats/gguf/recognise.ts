import type { FormatName, Head } from '../format.ts';

export function recogniseGguf({ bytes }: Head): FormatName | null {
  return bytes.toString('latin1', 0, 4) === 'GGUF' ? 'gguf' : null;
}
