import { z } from 'zod';
import { explainIssue } from '../../../shared/model/explain-issue.ts';
import { layoutId, noChoices, type RunChoices, runChoicesSchema } from '../../../shared/model/run-choices.ts';
import { ModelValidationError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { readKept } from '../files/read-kept.ts';
import { replaceDurably } from '../files/replace-durably.ts';

export const choicesFile = 'choices.json';

const fileSchema = runChoicesSchema.extend({
  format: z.literal(1),
  // Files that were written before layouts could be chosen say nothing of one.
  layout: layoutId.nullable().default(null),
});

/**
 * What a person decided of the run; nothing where there is no such file.
 * @throws ModelManagerError for one that cannot be read: taken for none, another model would be the best, and others would be pruned
 */
export function readChoices(folder: string): RunChoices {
  const path = `${folder}/${choicesFile}`;
  const kept = readKept(path, fileSchema, 'cannot tell by which metric a person chose the best');
  if (!kept) return noChoices;
  const { format: _format, ...choices } = kept;
  return choices;
}

/**
 * Changes what a person decided, durably, as it stands by now: somebody else may have decided something since it was looked at. The caller
 * holds the run's lock.
 * @param from the folder where it is read
 * @throws ModelManagerError where it cannot be read: nothing is written over it; ModelValidationError for what is no choice
 */
export async function changeChoices(
  disk: Disk,
  folder: string,
  change: (choices: RunChoices) => RunChoices,
  from = folder,
): Promise<void> {
  const { layout, ...choices } = asChoices(change(readChoices(from)));
  // Not where none is chosen: older versions of Cairn refuse what they do not know.
  const chosen = layout === null ? {} : { layout };
  const text = `${JSON.stringify({ format: 1, ...choices, ...chosen }, null, 2)}\n`;
  await replaceDurably(disk, folder, choicesFile, Buffer.from(text));
}

/** What a program without types may get wrong. */
function asChoices(value: unknown): RunChoices {
  const { data, error } = runChoicesSchema.safeParse(value, { error: explainIssue });
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ModelValidationError(`nothing was chosen — ${faults.join('; ')} — correct that`);
}
