import { LimitReached, rule } from '../damage.ts';
import { type FormatName, type Structure, torn, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

const block = 512;
const mostMembers = 1000;
const needed = ['sys_info', 'pickle', 'tensors', 'storages'];

/** Whole: every member inside the file, the four that torch reads among them, and two blocks of zeros after the last. */
export async function checkTorchTar(source: Source, recognised: FormatName): Promise<Structure> {
  const names = new Set<string>();
  let position = 0;
  for (let count = 0; ; count += 1) {
    if (count > mostMembers) throw new LimitReached('it has more members than are looked at');
    const header = await readBlock(source, position);
    if (isZeros(header)) break;
    names.add(header.toString('latin1', 0, 100).replace(/\0.*$/s, ''));
    position += block + paddedLength(header);
  }
  rule(isZeros(await readBlock(source, position + block)), () => cutOff(source));
  const missing = needed.find((name) => !names.has(name));
  return missing === undefined
    ? whole(recognised)
    : torn(recognised, `${missing} is missing from the archive`);
}

async function readBlock(source: Source, position: number): Promise<Buffer> {
  rule(position + block <= source.size, () => cutOff(source));
  return source.read(position, block);
}

function paddedLength(header: Buffer): number {
  const length = Number.parseInt(header.toString('latin1', 124, 136), 8);
  rule(length >= 0, 'a member of the archive has no length');
  return Math.ceil(length / block) * block;
}

function isZeros(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function cutOff(source: Source): string {
  return `${formatCount(source.size)} bytes: the end of the archive is missing`;
}
