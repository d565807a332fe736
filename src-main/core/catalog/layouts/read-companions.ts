import type { FileIdentity, FileStatus, Look } from '../../files/file-identity.ts';
import { companionOf, tellOlder } from './known-layouts.ts';
import type { CompanionKind } from './layout.ts';

/** A model is saved first, and its companions right after it; copying may give them times in any order. In milliseconds. */
const surelyOlder = 60_000;

/** The companions of a model, what is wrong with them in words, and a number that is another once one is touched; null where it has none. */
export function readCompanions(
  names: readonly string[],
  { mtimeMs }: Pick<FileStatus, 'mtimeMs'>,
  lookAt: (name: string) => Look,
): { kinds: CompanionKind[]; problems: string[]; state: number } | null {
  if (names.length === 0) return null;
  const found = names.flatMap((name) => companionAt(name, lookAt(name)));
  const older = found.filter((companion) => companion.mtimeMs < mtimeMs - surelyOlder);
  return {
    kinds: found.map(({ kind }) => kind),
    problems: older.map(({ kind }) => tellOlder(kind)),
    state: stateOf(found),
  };
}

/** A number that is another once one of these files is touched; 0 for none. */
export function stateOf(files: readonly FileIdentity[]): number {
  return files.reduce((sum, { ino, size, mtimeMs, ctimeMs }) => sum + ino + size + mtimeMs + ctimeMs, 0);
}

/** None where the name stands for no file any more, or never did. */
function companionAt(name: string, look: Look): (FileStatus & { kind: CompanionKind })[] {
  const companion = companionOf(name);
  const isFile = look !== null && 'ino' in look && look.type === 'file';
  return companion && isFile ? [{ ...look, kind: companion.kind }] : [];
}
