import { type FormatName, type Structure, torn, unknown } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

/** Ten bytes of header, two of an empty deflate stream, eight of trailer. RFC 1952. */
const shortest = 20;

/** Never whole: that is for {@link import('./unpack-check.ts').UnpackCheck} to tell, which reads all of it. */
export async function checkGzip(source: Source, recognised: FormatName): Promise<Structure> {
  if (source.size < shortest)
    return torn(recognised, `${formatCount(source.size)} bytes: its end is missing`);
  return unknown(recognised, 'a gzip file: only unpacking it can tell whether it is whole');
}
