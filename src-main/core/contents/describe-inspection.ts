import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import type { Tensor } from '../formats/contents.ts';
import { countTotals } from './count-totals.ts';
import type { Inspection } from './inspect-file.ts';

/** An inspection as the document that `cairn inspect --json` prints. */
export function describeInspection(
  path: string,
  { contents, fileSize, bytesRead }: Inspection,
): InspectOutput {
  const { format, checkpointVersion, trainingState, metadata, tensors, entries, globals } = contents;
  return {
    path,
    format: format === 'empty' ? 'unknown' : format,
    file_size_bytes: fileSize,
    bytes_read: bytesRead,
    checkpoint_version: checkpointVersion,
    training_state: trainingState,
    metadata,
    entries: [...entries],
    tensors: tensors.map(describeTensor),
    totals: countTotals(tensors),
    globals: [...globals],
    trust: contents.trust,
    problems: [...contents.problems],
  };
}

function describeTensor({ name, dtype, shape, stride, offset, bytes, storage }: Tensor) {
  return { name, dtype, shape: [...shape], stride: stride && [...stride], offset, bytes, storage };
}
