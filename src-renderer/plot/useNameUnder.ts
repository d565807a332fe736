import { useState } from 'react';
import type { Corner } from './find-points.ts';
import { type Area, isInside } from './frame.ts';

/** Where a name is written, maybe cut off, and the whole of it. */
export interface NamedArea {
  area: Area;
  name: string;
}

/** The whole name under the pointer, to be told as a title; and what is to be told of each move. */
export function useNameUnder(names: readonly NamedArea[]): [string | undefined, (at: Corner) => void] {
  const [name, setName] = useState<string | undefined>(undefined);
  return [name, ([x, y]) => setName(names.find(({ area }) => isInside(area, x, y))?.name)];
}
