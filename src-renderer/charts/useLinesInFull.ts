import { useEffect, useMemo, useState } from 'react';
import { inIdleSteps } from '../app/when-idle.ts';
import type { Lane, Rails } from '../plot/lanes.ts';
import type { Shape } from '../plot/picture.ts';
import { drawingInFull, type LineSet } from './parallel-picture.ts';

/** In milliseconds: how long each step of it waits for the window to have nothing else to do. */
const patience = 300;

interface Drawn {
  asked: object | null;
  shapes: readonly Shape[];
}

/**
 * Many lines in full, drawn step by step while there is nothing else to do: what a person does meanwhile goes before it.
 * @param sets null where nothing is to be drawn
 * @returns those that were drawn last, and whether they are those that are asked for
 */
export function useLinesInFull(
  rails: Rails | null,
  lanes: readonly Lane[],
  sets: readonly LineSet[] | null,
): { shapes: readonly Shape[]; areCurrent: boolean } {
  const asked = useMemo(() => rails && sets && { rails, lanes, sets }, [rails, lanes, sets]);
  const [drawn, setDrawn] = useState<Drawn>({ asked: null, shapes: [] });
  useEffect(() => {
    if (!asked) return;
    const steps = drawingInFull(asked.lanes, asked.rails, asked.sets);
    return inIdleSteps(steps, (shapes) => setDrawn({ asked, shapes }), patience);
  }, [asked]);
  return { shapes: drawn.shapes, areCurrent: asked !== null && drawn.asked === asked };
}
