import { Damage } from './damage.ts';
import { describeUnrecognised } from './describe-unrecognised.ts';
import type { Structure } from './format.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import { bufferSource, type Source } from './source.ts';

export type { Structure } from './format.ts';

/** Files up to this many bytes are taken in by one read; of longer ones only the places that matter. */
const smallFile = 256 * 1024;

/**
 * Whether a checkpoint is whole, judged by its structure alone: nothing in it is executed, and of a large file only
 * a small part is read. Only I/O errors are thrown; whatever the bytes are, the answer is a {@link Structure}.
 */
export async function checkStructure(source: Source): Promise<Structure> {
  const near = await takeIn(source);
  const head = await readHead(near);
  const detected = detectFormat(head);
  if (detected === null) return describeUnrecognised(head);
  try {
    return await detected.format.checkStructure(near, detected.recognised);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { format: detected.recognised, state: error.state, detail: error.message };
  }
}

/** A small file in memory; a longer one as it is. */
export async function takeIn(source: Source): Promise<Source> {
  return source.size > smallFile ? source : bufferSource(source.name, await source.read(0, source.size));
}
