import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import type { Tensor } from '../formats/contents.ts';

/**
 * The tensors of these names, or below them where they are those of modules, in the order of the file; all where none is named.
 * @throws UsageError for a name that nothing has
 */
export function selectTensors(tensors: readonly Tensor[], names: readonly string[]): readonly Tensor[] {
  if (names.length === 0) return tensors;
  const isMeant = ({ name }: Tensor, meant: string) => name === meant || name.startsWith(`${meant}.`);
  const unknown = names.find((meant) => !tensors.some((tensor) => isMeant(tensor, meant)));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no tensor ${escapeName(unknown)} — no tensor or module of the file has that name — see cairn inspect for those it has`,
    );
  return tensors.filter((tensor) => names.some((meant) => isMeant(tensor, meant)));
}
