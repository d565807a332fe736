import type { FormatName, Head } from '../format.ts';
import { readVarint } from '../onnx/read-varint.ts';

const [versionTag, graphTag] = [0x08, 0x12];
/** What a graph begins with: what it says of itself, or its nodes. A name, which ONNX has there, begins with no such character. */
const firstTags = new Set([0x0a, 0x12]);

/**
 * `saved_model.pb` has no mark, and begins as ONNX does: a small version, then a graph where ONNX has the name of what made it.
 * tensorflow/core/protobuf/saved_model.proto, SavedModel; meta_graph.proto, MetaGraphDef
 */
export function recogniseSavedModel({ bytes }: Head): FormatName | null {
  const [tag, version = 0, next] = bytes;
  if (tag !== versionTag || version === 0 || version >= 0x80 || next !== graphTag) return null;
  const length = readVarint(bytes, 3);
  return length && length.value > 1 && firstTags.has(bytes[length.end] ?? 0) ? 'saved-model' : null;
}
