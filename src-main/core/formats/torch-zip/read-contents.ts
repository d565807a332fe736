import type { Contents } from '../contents.ts';
import type { FormatName } from '../format.ts';
import type { Source } from '../source.ts';
import { torchPrefix } from '../zip/kinds.ts';
import type { Member } from '../zip/read-archive.ts';
import { type Nesting, readArchiveContents, stripPrefix } from './read-archive-contents.ts';
import { readConstants } from './read-constants.ts';

/** What is in an archive of `torch.save`, or of TorchScript. */
export async function readTorchMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
): Promise<Contents> {
  const prefix = torchPrefix(members.map(({ name }) => name)) ?? '';
  const archive = stripPrefix(source, members, prefix, nesting.names.budget);
  const contents = await readArchiveContents(archive, format, nesting);
  if (format !== 'torchscript') return contents;
  const constants = await readConstants(archive, nesting.names.budget);
  return {
    ...contents,
    tensors: [...contents.tensors, ...constants.tensors],
    stopped: contents.stopped ?? constants.stopped,
    problems: [...contents.problems, ...constants.problems],
    // It is a program: loading it runs what the archive carries.
    trust: 'runs-code',
  };
}
