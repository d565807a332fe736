import type { Contents, StorageBytes, Tensor } from '../formats/contents.ts';
import { Problems } from '../formats/gather-problems.ts';
import { plainName } from '../formats/plain-text.ts';
import { longestRead } from '../formats/source.ts';

/** The same, with no elements for a tensor whose packed bytes cannot be unpacked: only reading them to their end tells. */
export async function withoutDamaged(contents: Contents): Promise<Contents> {
  const problems = new Problems();
  const tensors: Tensor[] = [];
  for (const tensor of contents.tensors) {
    const { data } = tensor;
    const isWhole =
      data === null ||
      data.source.place !== null ||
      (await problems.try(() => readThrough(data), plainName(tensor.name)));
    tensors.push(isWhole ? tensor : { ...tensor, data: null });
  }
  return { ...contents, tensors, problems: [...contents.problems, ...problems.sentences] };
}

async function readThrough({ source, start, length }: StorageBytes): Promise<true> {
  for (let at = 0; at < length; at += longestRead)
    await source.read(start + at, Math.min(longestRead, length - at));
  return true;
}
