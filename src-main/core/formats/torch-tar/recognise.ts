import type { FormatName, Head } from '../format.ts';

/** `torch.save` before 0.1.10 wrote a tar that starts with `sys_info`, which a pax header (two blocks) may precede. */
export function recogniseTorchTar({ bytes }: Head): FormatName | null {
  const isTar = bytes.toString('latin1', 257, 262) === 'ustar';
  const starts = [0, 1024].some((at) => bytes.toString('latin1', at, at + 9) === 'sys_info\0');
  return isTar && starts ? 'torch-tar' : null;
}
