import type { FormatName, Head } from '../format.ts';

/** Names under which flax saves; `.cleanrl_model` may be of PyTorch too. flax/training/checkpoints.py, cleanrl/dqn_jax.py */
const names = /(?:^|[/\\])checkpoint_\d+$|\.(?:msgpack|cleanrl_model)$/;

/** The format has no magic: a map whose first key is a short text, under a name that such files have. */
export function recogniseFlaxMsgpack({ name, bytes }: Head): FormatName | null {
  const start = mapHead(bytes[0] ?? 0);
  const key = bytes[start] ?? 0;
  const isText = (key > 0xa0 && key <= 0xbf) || key === 0xd9;
  return start > 0 && isText && names.test(name) ? 'flax-msgpack' : null;
}

/** The length of the head of a map that is not empty, in bytes; 0 for anything else. */
function mapHead(byte: number): number {
  if (byte > 0x80 && byte <= 0x8f) return 1;
  return byte === 0xde ? 3 : byte === 0xdf ? 5 : 0;
}
