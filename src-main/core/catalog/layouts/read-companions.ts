import type { FileStatus, Look } from '../../files/file-identity.ts';
import { companionOf, tellOlder } from './known-layouts.ts';
import type { CompanionKind } from './layout.ts';

/** A model is saved first, and its companions right after it; copying may give them times in any order. In milliseconds. */
const surelyOlder = 60_000;

/** The companions of a model, and what is wrong with them in words; null where it has none. */
export function readCompanions(
  names: readonly string[],
  { mtimeMs }: Pick<FileStatus, 'mtimeMs'>,
  lookAt: (name: string) => Look,
): { kinds: CompanionKind[]; problems: string[] } | null {
  if (names.length === 0) return null;
  const found = names.flatMap((name) => companionAt(name, lookAt(name)));
  const older = found.filter((companion) => companion.mtimeMs < mtimeMs - surelyOlder);
  return { kinds: found.map(({ kind }) => kind), problems: older.map(({ kind }) => tellOlder(kind)) };
}

/** None where the name stands for no file any more, or never did. */
function companionAt(name: string, look: Look): { kind: CompanionKind; mtimeMs: number }[] {
  const companion = companionOf(name);
  const isFile = look !== null && 'ino' in look && look.type === 'file';
  return companion && isFile ? [{ kind: companion.kind, mtimeMs: look.mtimeMs }] : [];
}
