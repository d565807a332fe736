import { type FormatName, type Structure, torn } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

/** Always torn: the model is not here. Says what the pointer promises of it. */
export async function checkPointer(source: Source, recognised: FormatName): Promise<Structure> {
  const text = (await source.read(0, source.size)).toString('latin1');
  return recognised === 'lfs-pointer'
    ? torn(recognised, `a Git LFS pointer, not the model${promised(lfsSize(text), lfsHash(text))}`)
    : torn(recognised, `a git-annex link, not the model${promised(annexSize(text), null)}`);
}

function promised(size: string | undefined, hash: string | null): string {
  if (size === undefined) return '';
  return `: the real file has ${formatCount(Number(size))} bytes${hash ?? ''}`;
}

function lfsSize(text: string): string | undefined {
  return /^size (\d{1,15})$/m.exec(text)?.[1];
}

function lfsHash(text: string): string | null {
  const hash = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  return hash === undefined ? null : ` (sha256 ${hash.slice(0, 8)}…)`;
}

/** A key is `SHA256E-s123--HASH.pt`. */
function annexSize(text: string): string | undefined {
  return /-s(\d{1,15})-/.exec(text)?.[1];
}
