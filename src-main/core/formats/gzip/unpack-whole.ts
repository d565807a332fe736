import { createGunzip } from 'node:zlib';
import { LimitReached, rule } from '../damage.ts';
import { Inflation } from '../inflation.ts';
import { formatCount } from '../plain-text.ts';
import { bufferSource, longestRead, type Source } from '../source.ts';

/** The most bytes that are unpacked: a bomb ends there. */
const most = 4 * 1024 ** 3 - 1;

/** All that is packed in a gzip file, in memory, under its own name. Throws Damage where it is damaged, or more than `limit` bytes. */
export async function unpackWhole(source: Source, limit = most): Promise<Source> {
  const pieces: Buffer[] = [];
  let length = 0;
  const inflation = new Inflation(createGunzip(), (piece) => {
    length += piece.length;
    if (length > limit) inflation.cutShort();
    else pieces.push(piece);
  });
  for (let at = 0; at < source.size; at += longestRead)
    await inflation.update(await source.read(at, Math.min(longestRead, source.size - at)));
  const isWhole = await inflation.finish();
  if (length > limit) throw new LimitReached(`more than the ${formatCount(limit)} bytes that are unpacked`);
  rule(isWhole, 'its compressed data is damaged, or its end is missing');
  return bufferSource(source.name.replace(/\.gz$/i, ''), Buffer.concat(pieces));
}
