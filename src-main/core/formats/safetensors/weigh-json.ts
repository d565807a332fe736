import { LimitReached, rule } from '../damage.ts';
import { mostTensors } from '../most-tensors.ts';

/** A tensor has four keys with its name; there is room for notes. */
const most = { keys: 4 * mostTensors + 50_000, depth: 100 };

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
/** By how many levels a byte leads inwards. */
const inwards = new Int8Array(256);
for (const byte of Buffer.from('{[')) inwards[byte] = 1;
for (const byte of Buffer.from('}]')) inwards[byte] = -1;

/**
 * Looks at the bytes of a JSON text before it is parsed, for what is made of it takes up to a hundred times their room.
 * @throws Damage where it is nested deeper than anybody writes, LimitReached where it has more keys than are looked at
 */
export function weighJson(bytes: Uint8Array, what: string): void {
  let [keys, depth] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === colon) keys += 1;
    depth += inwards[byte] ?? 0;
    rule(
      depth <= most.depth,
      () => `${what} is not readable as JSON: it is nested deeper than anybody writes`,
    );
  }
  if (keys > most.keys) throw new LimitReached(`${what} has more parts than are looked at`);
}

/** Where the quote is that ends a text, or the bytes end. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
