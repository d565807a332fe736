import { positionalSource, type Source } from './source.ts';

const [window, small] = [32 * 1024, 1024];

/** So many parts are many; those are near each other whose whole is no longer than this for each, in bytes. */
const [many, near] = [1000, 1024];

/**
 * The same source, of which small pieces are read together where its parts lie near each other: an archive of ten thousand
 * short members is otherwise twenty thousand reads. Of fewer parts, or longer ones, it is the source itself.
 */
export function readAhead(source: Source, parts: number): Source {
  if (parts < many || source.size > near * parts) return source;
  let held: Buffer = Buffer.alloc(0);
  let from = 0;
  return positionalSource(
    source.name,
    source.size,
    async (offset, length) => {
      if (length > small) return source.read(offset, length);
      if (offset < from || offset + length > from + held.length) {
        held = await source.read(offset, Math.min(window, source.size - offset));
        from = offset;
      }
      return held.subarray(offset - from, offset - from + length);
    },
    { place: source.place, readNow: source.readNow },
  );
}
