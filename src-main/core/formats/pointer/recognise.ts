import type { FormatName, Head } from '../format.ts';

/** Git LFS pointers are under 1,024 bytes by their specification; git-annex's are one line. */
const longestPointer = 1024;

/** A small text that Git LFS or git-annex put in the place of the real file. */
export function recognisePointer({ bytes, size }: Head): FormatName | null {
  if (size > longestPointer) return null;
  const text = bytes.toString('latin1');
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return 'lfs-pointer';
  return /^(\/|(\.\.\/)*\.git\/)annex\/objects\//.test(text) ? 'annex-link' : null;
}
