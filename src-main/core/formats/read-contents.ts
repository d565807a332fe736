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

const explanations: ReadonlyMap<FormatName, string> = new Map<FormatName, string>([
  ['torch-tar', 'a tar as PyTorch wrote before 0.1.10, which is not read: load it and save it anew'],
  ['hdf5', 'an HDF5 file, which is not read'],
  ['gzip', 'packed by gzip: unpack it to look inside'],
]);

/** Of a format that is recognised, and is not looked into. */
async function sayWhatItIs(source: Source, format: Format, recognised: FormatName): Promise<Contents> {
  const { format: name, state, detail } = await format.checkStructure(source, recognised);
  const explanation = explanations.get(name) ?? `a file of the format ${name}, which is not read`;
  return emptyContents(name, [state === 'torn' && detail !== null ? detail : explanation]);
}
