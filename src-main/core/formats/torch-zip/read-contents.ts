import type { Contents } from '../contents.ts';
import type { FormatName } from '../format.ts';
import type { Source } from '../source.ts';
import { torchPrefix } from '../zip/kinds.ts';
import type { Member } from '../zip/read-archive.ts';
import { type Nesting, readArchiveContents, stripPrefix } from './read-archive-contents.ts';

/** What is in an archive of `torch.save`, or of TorchScript. */
export async function readTorchMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
): Promise<Contents> {
  const prefix = torchPrefix(new Set(members.map(({ name }) => name))) ?? '';
  const contents = await readArchiveContents(stripPrefix(source, members, prefix), format, nesting);
  // TorchScript is a program: loading it runs what the archive carries.
  return format === 'torchscript' ? { ...contents, trust: 'runs-code' } : contents;
}
