import type { FormatName, Head } from '../format.ts';

const module = Buffer.from('torch.distributed.checkpoint.metadata');
/** How far in its first name stands: behind the number of its protocol, and of a frame. */
const furthest = 64;

/** The list of tensors beside the files of a distributed checkpoint: a pickle whose first name is of that module. torch/distributed/checkpoint/filesystem.py */
export function recogniseDcp({ bytes }: Head): FormatName | null {
  const isPickle = bytes[0] === 0x80;
  return isPickle && bytes.subarray(0, furthest + module.length).includes(module) ? 'dcp' : null;
}
