import { type JsonObject, ownValue } from '../../../shared/model/json.ts';
import type { Contents } from '../formats/contents.ts';
import { tornDetail } from '../formats/torn-detail.ts';

/** What is wrong with a file, with the size that its sidecar gives put beside the size there is, where both are known. */
export function tellSizes(
  { problems, unread }: Contents,
  size: number | null,
  sidecar: JsonObject | null,
): Pick<Contents, 'problems' | 'unread'> {
  const recorded = ownValue(sidecar, 'file_size_bytes') ?? ownValue(sidecar, 'file_size');
  if (size === null || typeof recorded !== 'number') return { problems, unread };
  const tell = (sentence: string) => tornDetail(sentence, size, recorded) ?? sentence;
  return { problems: problems.map(tell), unread: unread.map(tell) };
}
