import type { FormatName, Head } from '../format.ts';

/** `torch.save` before 0.1.10 wrote a tar that starts with `sys_info`, which a pax header (two blocks) may precede. */
export function recogniseTorchTar({ bytes }: Head): FormatName | null {
  const isTar = bytes.toString('latin1', 257, 262) === 'ustar';
  const starts = [0, 1024].some((at) => bytes.toString('latin1', at, at + 9) === 'sys_info\0');
  return isTar && starts ? 'torch-tar' : null;
}

const checksum = { start: 148, end: 156 };

/** Whether it begins as any tar does: a header whose checksum is that of its bytes. PyTorch looks for a tar first. */
export function isTar({ bytes }: Head): boolean {
  const header = bytes.subarray(0, 512);
  const told = Number.parseInt(header.toString('latin1', checksum.start, checksum.end).trim(), 8);
  const sum = header.reduce(
    (total, byte, at) => total + (at >= checksum.start && at < checksum.end ? 0x20 : byte),
    0,
  );
  return header.length === 512 && told === sum;
}
