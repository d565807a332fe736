import { useState } from 'react';
import { type Corner, nearestPoint } from './find-points.ts';
import { type FlagGroup, flagsNear, flagWords } from './flags.ts';
import { type Frame, isInside, pointAt } from './frame.ts';
import type { PointWords } from './PlotSurface.tsx';

type Hovered = { frame: Frame; slot: number } | { group: FlagGroup };

/** What is told of what the pointer is on. */
export interface Told {
  at: Corner;
  words: PointWords;
  /** Whether it is a point, which gets a ring. */
  isPoint: boolean;
}

/** How far from a point the pointer takes it, in pixels. */
export const pointReach = 14;

/** What is under the pointer: a flag, else a version. */
export function useHover(
  frames: readonly Frame[],
  flags: readonly FlagGroup[],
  wordsOf: (slot: number) => PointWords,
): [Told | null, (at: Corner | null) => void] {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const hover = (at: Corner | null) => setHovered(at && (flagUnder(flags, at) ?? pointUnder(frames, at)));
  // Where the axis is another by now, the flag stands elsewhere.
  const isThere = hovered !== null && (!('group' in hovered) || flags.includes(hovered.group));
  return [isThere ? tell(hovered, wordsOf) : null, hover];
}

function tell(hovered: Hovered, wordsOf: (slot: number) => PointWords): Told {
  if ('group' in hovered) {
    const { group } = hovered;
    return { at: [group.x, group.y], words: flagWords(group), isPoint: false };
  }
  const { frame, slot } = hovered;
  return { at: pointAt(frame, slot), words: wordsOf(slot), isPoint: true };
}

function flagUnder(flags: readonly FlagGroup[], at: Corner): Hovered | null {
  const group = flagsNear(flags, at);
  return group && { group };
}

function pointUnder(frames: readonly Frame[], at: Corner): Hovered | null {
  const frame = frameAt(frames, at);
  const slot = frame ? nearestPoint(frame, at, pointReach) : null;
  return frame && slot !== null ? { frame, slot } : null;
}

export function frameAt(frames: readonly Frame[], [x, y]: Corner): Frame | undefined {
  return frames.find(({ area }) => isInside(area, x, y));
}
