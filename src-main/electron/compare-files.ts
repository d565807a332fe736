import type { DiffView } from '../../shared/model/contents-view.ts';
import type { DiffOutput } from '../../shared/model/diff-output.ts';
import { type Inspection, inspectFile, whileUnchanged } from '../core/contents/inspect-file.ts';
import { diffContents } from '../core/diff/diff-contents.ts';
import { viewDiff } from '../core/diff/view-diff.ts';
import type { Tensor } from '../core/formats/contents.ts';
import { usualLimits } from '../core/workers/worker-limits.ts';
import type { WorkTools } from './work.ts';

/** What sets the contents of two files apart. @throws what reading either throws, the signal's reason */
export async function compareFiles(
  one: string,
  other: string,
  tools: Pick<WorkTools, 'signal' | 'onBytes' | 'expect'>,
): Promise<DiffView> {
  return withFile(one, tools.signal, (a) =>
    withFile(other, tools.signal, async (b) => {
      const sum = (tensors: readonly Tensor[]) => tensors.reduce((bytes, tensor) => bytes + tensor.bytes, 0);
      tools.expect(Math.min(sum(a.contents.tensors), sum(b.contents.tensors)));
      const output: Omit<DiffOutput, 'a' | 'b'> = await diffContents(a.contents, b.contents, tools);
      return viewDiff(output);
    }),
  );
}

async function withFile<T>(
  path: string,
  signal: AbortSignal,
  use: (file: Inspection) => Promise<T>,
): Promise<T> {
  const inspection = await inspectFile(path, { ...usualLimits, signal });
  try {
    return await whileUnchanged(inspection, () => use(inspection), signal);
  } finally {
    await inspection.close();
  }
}
