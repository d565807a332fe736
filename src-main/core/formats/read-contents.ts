import type { Contents } from './contents.ts';
import { Damage } from './damage.ts';
import { describeUnrecognised } from './describe-unrecognised.ts';
import { emptyContents } from './empty-contents.ts';
import type { Format, FormatName } from './format.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import type { Source } from './source.ts';

/**
 * What is in a checkpoint: names, shapes and plain data, by reading a small part of it and executing nothing. Only I/O
 * errors are thrown; whatever is wrong with the bytes is said among the problems.
 */
export async function readContents(source: Source): Promise<Contents> {
  const head = await readHead(source);
  const detected = detectFormat(head);
  if (!detected) {
    const { format, detail } = describeUnrecognised(head);
    return emptyContents(format, [detail ?? 'not a checkpoint']);
  }
  const { format, recognised } = detected;
  try {
    return format.readContents
      ? await format.readContents(source, recognised)
      : await sayWhatItIs(source, format, recognised);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return emptyContents(recognised, [error.message]);
  }
}

/** Of a format that is recognised, and is not looked into. */
async function sayWhatItIs(source: Source, format: Format, recognised: FormatName): Promise<Contents> {
  const structure = await format.checkStructure(source, recognised);
  const detail =
    structure.detail ?? `a file of the format ${structure.format}, which is recognised and not looked into`;
  return emptyContents(structure.format, [detail]);
}
