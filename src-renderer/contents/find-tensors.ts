import type { TensorView } from '../../shared/model/contents-view.ts';
import { type Measures, shortType } from './measures.ts';

/** What is searched for by what was measured, by the word for it. */
const measuredWords: ReadonlyMap<string, (measures: Measures) => boolean> = new Map([
  ['nan', ({ nan }: Measures) => nan > 0],
  ['inf', ({ posinf, neginf }: Measures) => posinf + neginf > 0],
]);

/**
 * Places of the tensors for which every word, case aside, is in their name, or is their type (`float16`, `f16`), their shape (`64x32`), or of
 * what was measured in them (`nan`, `inf`).
 * @param measured by place; null before they are
 */
export function findTensors(
  tensors: readonly TensorView[],
  search: string,
  measured: readonly (Measures | null)[] | null,
): number[] {
  const words = wordsOf(search);
  return tensors.flatMap((tensor, place) =>
    words.every((word) => answers(tensor, measured?.[place] ?? null, word)) ? [place] : [],
  );
}

/** Whether a search asks for what nobody has measured yet. */
export function asksForMeasures(search: string): boolean {
  return wordsOf(search).some((word) => measuredWords.has(word));
}

const wordsOf = (search: string) => search.toLowerCase().split(/\s+/).filter(Boolean);

function answers({ label, dtype, shape }: TensorView, measures: Measures | null, word: string): boolean {
  return (
    label.toLowerCase().includes(word) ||
    dtype === word ||
    shortType(dtype) === word ||
    (shape.length > 0 && shape.join('x') === word.replaceAll('×', 'x')) ||
    (measures !== null && measuredWords.get(word)?.(measures) === true)
  );
}
