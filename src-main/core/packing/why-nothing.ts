import type { Contents, Tensor } from '../formats/contents.ts';

interface Kind {
  is(tensor: Tensor): boolean;
  name: string;
  what: string;
}

/** Tensors that are whole, and are not written all the same. */
const kinds: readonly Kind[] = [
  { is: ({ values }) => values !== undefined, name: 'sparse', what: 'make them dense in Python (to_dense)' },
  {
    is: ({ quantized }) => quantized !== undefined,
    name: 'quantized',
    what: 'turn them into floats in Python (dequantize)',
  },
  {
    is: ({ data, storage }) => data !== null && storage === null,
    name: 'arrays of numpy',
    what: 'make tensors of them in Python (torch.from_numpy)',
  },
  {
    is: ({ data, storage, shape }) => data === null && storage === null && shape.length > 0,
    name: 'without elements in the file',
    what: 'save them anew with theirs',
  },
];

/** Why nothing of a checkpoint can be written, and what to do, for the end of a sentence. */
export function whyNothing({ format, tensors, problems }: Contents): string {
  if (format === 'gzip') return 'it is packed by gzip — unpack it (gunzip -k), and convert what comes out';
  if (tensors.length === 0 && problems.length === 0)
    return 'there is no tensor in it, and tensors are what is written — name another file';
  const found = new Set(tensors.map((tensor) => kinds.find(({ is }) => is(tensor))));
  const known = [...found].flatMap((kind) => kind ?? []);
  if (problems.length > 0 || known.length === 0 || known.length < found.size)
    return 'no tensor in it can be read — get the file anew, or restore it from a backup';
  const names = known.map(({ name }) => name).join(', or ');
  const whose = tensors.length === 1 ? 'its one tensor is' : `its ${tensors.length} tensors are`;
  return `${whose} ${names}: whole, but left out of what is written — ${known.map(({ what }) => what).join(', or ')}`;
}
