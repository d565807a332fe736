import { ofVersions, type Vocabulary } from './fields.ts';
import { tokenize } from './tokenize.ts';

/**
 * Where a word begins that ends a query, is text to look for as yet, and may be the beginning of a field's name; null where
 * there is none.
 * @param text a query that can be understood
 */
export function nameBegunIn(
  text: string,
  metrics: readonly string[],
  { fields }: Vocabulary = ofVersions,
): number | null {
  const tokens = tokenize(text);
  const [before, last] = [tokens.at(-3), tokens.at(-2)];
  const isWord = last?.type === 'word' && last.end === text.length;
  if (!isWord || before?.type === 'operator' || before?.type === 'colon') return null;
  const begun = last.text.toLowerCase();
  const names = [...fields.map(({ field }) => field.name), ...metrics];
  return names.some((name) => name.toLowerCase().startsWith(begun)) ? last.start : null;
}
