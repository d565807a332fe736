import { type Head, headLength, type Structure, torn, unknown } from './format.ts';
import { formatCount, plainName } from './plain-text.ts';

/** What can be said of a file that is of no known format. */
export function describeUnrecognised(head: Head): Structure {
  if (head.size === 0) return torn('empty', 'an empty file (0 bytes)');
  if (head.bytes.every((byte) => byte === 0)) return torn('unknown', describeZeros(head));
  const text = readText(head);
  if (text === null) return unknown('unknown', 'not a checkpoint: its first bytes are of no known format');
  if (/^\s*<(!doctype html|html)/i.test(text)) {
    return unknown('unknown', 'an HTML page, not a checkpoint: perhaps what a failed download left');
  }
  return unknown('unknown', `text, not a checkpoint: it begins with "${plainName(firstLine(text))}"`);
}

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
