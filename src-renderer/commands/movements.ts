import { type Movement, moving } from './shortcuts.ts';

const ids = Object.keys(moving) as Movement[];
const byKey = new Map(ids.flatMap((id) => moving[id].keys.map((key) => [key as string, id] as const)));

/** What moves by this key, by the name of the press; undefined for keys that move nothing. */
export function movementOf(key: string): Movement | undefined {
  return byKey.get(key);
}
