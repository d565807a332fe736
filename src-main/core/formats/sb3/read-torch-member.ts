import type { Contents, Tensor } from '../contents.ts';
import { Damage, limitIn } from '../damage.ts';
import { readPickleContents } from '../pickle/read-contents.ts';
import { readHead } from '../read-head.ts';
import type { Source } from '../source.ts';
import { readTorchLegacy } from '../torch-legacy/read-contents.ts';
import { recogniseTorchLegacy } from '../torch-legacy/recognise.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { readTorchMembers } from '../torch-zip/read-contents.ts';
import { recoverContents } from '../torch-zip/recover-contents.ts';
import { findMembers } from '../zip/find-members.ts';
import { zipKind } from '../zip/kinds.ts';
import { recogniseZip } from '../zip/recognise.ts';

/** A torch file that is a member of an archive. Its tensors lead with its name, and so do the keys of their storages. */
export async function readTorchMember(source: Source, nesting: Nesting): Promise<Contents> {
  const contents = await readTorchFile(source, { ...nesting, part: partOf(source.name) });
  const below = (name: string) => (name === '' ? source.name : `${source.name}.${name}`);
  return {
    ...contents,
    tensors: contents.tensors.map((tensor) => ({
      ...tensor,
      name: below(tensor.name),
      storage: tensor.storage && `${source.name}/${tensor.storage}`,
    })),
    optimizers: contents.optimizers.map((record) => ({ ...record, name: below(record.name) })),
    problems: contents.problems.map((problem) => `${source.name}: ${problem}`),
  };
}

async function readTorchFile(source: Source, nesting: Nesting): Promise<Contents> {
  const head = await readHead(source);
  if (recogniseTorchLegacy(head) !== null) return readTorchLegacy(source, nesting);
  // PyTorch takes whatever is no archive for a pickle.
  if (recogniseZip(head) === null) return readPickleContents(source, 'pickle', nesting.names);
  const problems: string[] = [];
  const members = await findMembers(source, problems, nesting.names);
  if (members instanceof Damage) {
    const recovered = await recoverContents(source, members, nesting);
    if (recovered) return { ...recovered, stopped: recovered.stopped ?? limitIn(members) };
    throw members;
  }
  const { name } = zipKind(new Set(members.map((member) => member.name)));
  const format = name === 'torchscript' ? name : 'torch-zip';
  if (format === 'torchscript') nesting.names.miss('a program of TorchScript');
  const contents = await readTorchMembers(source, members, format, nesting);
  return { ...contents, problems: [...problems, ...contents.problems] };
}

/** `policy.pth`, `actor.optimizer.pth`, …: what each object of the algorithm is, it is saved under its own name. */
function partOf(name: string): Tensor['part'] {
  if (name.includes('optimizer')) return 'optimizer';
  return name === 'pytorch_variables.pth' || name === 'tensors.pth' ? 'other' : 'model';
}
