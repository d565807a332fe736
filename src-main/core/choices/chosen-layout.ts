import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { knownLayouts } from '../catalog/layouts/known-layouts.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { choicesFile, readChoices } from './run-choices.ts';

/** The framework that a person chose for a run, by the id of its layout, and that it is one that is not known. */
export interface ChosenLayout {
  layout: string | null;
  /** What is on record, known or not; undefined where another was asked for. */
  said: string | null | undefined;
  problems: Problem[];
}

/** @throws UsageError for a layout that is not known, with those there are */
export function assertLayout(layout: string): void {
  if (isKnown(layout)) return;
  throw new UsageError(
    `unknown layout “${escapeName(layout)}” — there are ${layoutWords()} — name one of them`,
  );
}

/** What the choices of a run say; what keeps them from being read is told with the rest of them. */
export function readLayout(bookkeeping: string): ChosenLayout {
  const layout = layoutIn(bookkeeping);
  if (layout === null || isKnown(layout)) return { layout, said: layout, problems: [] };
  const problem = `the layout “${escapeName(layout)}” that was chosen for this run is not known: it is read as it is recognised. There are ${layoutWords()}`;
  return { layout: null, said: layout, problems: [{ path: `.cairn/${choicesFile}`, problem }] };
}

function layoutIn(bookkeeping: string): string | null {
  try {
    return readChoices(bookkeeping).layout;
  } catch (error) {
    if (error instanceof ModelManagerError) return null;
    throw error;
  }
}

function isKnown(layout: string): boolean {
  return knownLayouts.some(({ id }) => id === layout);
}

function layoutWords(): string {
  return knownLayouts.map(({ id }) => id).join(', ');
}
