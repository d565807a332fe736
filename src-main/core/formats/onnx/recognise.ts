import type { FormatName, Head } from '../format.ts';

/** Tags that follow ir_version in what the ONNX libraries write: names and versions, opset, graph. onnx.proto, ModelProto. */
const secondTags = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42]);
const newestVersion = 31;

/** ONNX has no mark: its first field is a small ir_version, and the next is one of the model's. */
export function recogniseOnnx({ bytes }: Head): FormatName | null {
  const [tag, version = 0, next = 0] = bytes;
  const isOnnx = tag === 0x08 && version > 0 && version <= newestVersion && secondTags.has(next);
  return isOnnx ? 'onnx' : null;
}
