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
  if (header.length < 512) return false;
  const told = numberIn(header.subarray(checksum.start, checksum.end));
  const summed = Buffer.from(header).fill(0x20, checksum.start, checksum.end);
  const sum = summed.reduce((total, byte) => total + byte, 0);
  const signed = new Int8Array(summed).reduce((total, byte) => total + byte, 0);
  return told === sum || told === signed;
}

/** Whole numbers of a header, as Python reads them: in octal digits, or in bytes behind a mark. tarfile.py, `nti` */
function numberIn(field: Buffer): number {
  const [mark = 0] = field;
  const inBytes = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
  if (mark === 0o200) return inBytes;
  if (mark === 0o377) return inBytes - 256 ** (field.length - 1);
  const text = field.toString('latin1').replace(/\0.*$/s, '').replaceAll('_', '').trim();
  const [, sign, digits] = /^([+-]?)(?:0o)?([0-7]+)$/i.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number.parseInt(`${sign}${digits}`, 8);
}
