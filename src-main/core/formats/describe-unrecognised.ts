import { type Head, headLength, type Structure, torn, unknown } from './format.ts';
import { formatCount, plainName } from './plain-text.ts';

/** What can be said of a file that is of no known format. */
export function describeUnrecognised(head: Head): Structure {
  if (head.size === 0) return torn('empty', 'an empty file (0 bytes)');
  if (head.bytes.every((byte) => byte === 0)) return torn('unknown', describeZeros(head));
  const packer = packers.find(([start]) => head.bytes.indexOf(start) === 0)?.[1];
  if (packer) return unknown('unknown', `packed by ${packer}: unpack it to look inside`);
  const text = readText(head);
  if (text === null) return unknown('unknown', 'not a checkpoint: its first bytes are of no known format');
  if (/^\s*<(!doctype html|html)/i.test(text)) {
    return unknown('unknown', 'an HTML page, not a checkpoint: perhaps what a failed download left');
  }
  return unknown('unknown', `text, not a checkpoint: it begins with "${plainName(firstLine(text))}"`);
}

/** How files begin that are packed as a whole, as joblib packs what it dumps. */
const packers: readonly (readonly [start: Buffer, packer: string])[] = [
  [Buffer.from('fd377a585a00', 'hex'), 'xz'],
  [Buffer.from('5d00008000', 'hex'), 'lzma'],
  [Buffer.from('28b52ffd', 'hex'), 'zstd'],
  [Buffer.from('04224d18', 'hex'), 'lz4'],
  [Buffer.from('BZh'), 'bzip2'],
  ...['7801', '785e', '789c', '78da'].map((start) => [Buffer.from(start, 'hex'), 'zlib'] as const),
];

function describeZeros({ size, bytes }: Head): string {
  const where = size <= headLength ? 'all' : `the first ${formatCount(bytes.length)}`;
  return `${formatCount(size)} bytes, ${where} of them zeros: its contents were never written to the disk`;
}

/** The head as text, or null when it is none; a character cut in two by the end of the head does no harm. */
function readText({ bytes }: Head): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return /[\p{Cc}]/u.test(text.replace(/[\t\n\f\r]/g, '')) ? null : text;
  } catch {
    return null;
  }
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
}
