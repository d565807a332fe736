import { basename, dirname, join } from 'node:path';
import type { JsonObject } from '../../../shared/model/json.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { companionAtStep, companionOf, countedBy, tellOtherStep } from '../catalog/layouts/known-layouts.ts';
import { beginAlike, readCompanion } from './read-companion.ts';

/**
 * That a companion is one of another step, in words. What it counts alone does not tell: a training that goes on may count anew and keep its
 * statistics, or go on without its buffer. So it is told only where it is the one of a step that it counts for, or where that one counts for this
 * model: it was copied over, or both were exchanged. Null for nothing.
 * @param path absolute @param own what it says @param model what its model says
 */
export async function findOtherStep(
  path: string,
  own: JsonObject,
  model: JsonObject,
): Promise<string | null> {
  const name = basename(path);
  const kind = companionOf(name)?.kind;
  const counted = kind === undefined ? null : countedBy(kind, own, model);
  if (kind === undefined || counted === null || counted.fits) return null;
  for (const other of counted.steps.flatMap((step) => companionAtStep(name, step) ?? [])) {
    if (await isMixedUp(path, join(dirname(path), other), model))
      return tellOtherStep(kind, counted.words, escapeName(companionOf(other)?.stem ?? other));
  }
  return null;
}

/** Whether one is a copy of the other, or the other counts for the model of this one. One that is not there, or is broken, tells nothing. */
async function isMixedUp(path: string, other: string, model: JsonObject): Promise<boolean> {
  const [kind, said] = [companionOf(basename(other))?.kind, await readCompanion(other).catch(() => null)];
  if (kind === undefined || said === null) return false;
  return countedBy(kind, said, model)?.fits === true || beginAlike(path, other);
}
