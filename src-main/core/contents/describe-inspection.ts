import { inferLayers } from '../../../shared/model/infer-layers.ts';
import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import { isUntoldFormat } from '../../../shared/model/untold-format.ts';
import type { Tensor } from '../formats/contents.ts';
import { whyNotMeasured } from '../tensors/why-not-measured.ts';
import { byteOrderOf } from './byte-order-of.ts';
import { compareSettings } from './compare-settings.ts';
import { countTotals } from './count-totals.ts';
import { describeStored } from './describe-stored.ts';
import { findCarriedState } from './find-carried-state.ts';
import { gatherSettings, nothingAround, type Surroundings, targetsOf } from './gather-settings.ts';
import type { Inspection } from './inspect-file.ts';
import { tellSizes } from './tell-sizes.ts';
import { writerOf } from './writer-of.ts';

/** What `cairn inspect` knows of a file; `stats` as they were measured, before they are JSON. */
export type InspectDocument = Omit<InspectOutput, 'tensors'> & { tensors: DescribedTensor[] };
export type DescribedTensor = Omit<InspectOutput['tensors'][number], 'stats'> & { stats?: TensorStatistics };

/** An inspection as the document that `cairn inspect --json` prints; `statistics` are in the order of the tensors, `surroundings` what stands beside the file. */
export function describeInspection(
  path: string,
  { contents, optimizer, fileSize, bytesRead }: Inspection,
  statistics: readonly (TensorStatistics | null)[] = [],
  surroundings: Surroundings = nothingAround,
): InspectDocument {
  const { problems, unread } = tellSizes(contents, fileSize, surroundings.sidecar);
  const settings = gatherSettings({ ...contents, optimizer }, surroundings);
  const untold = contents.trust === 'tensors-only' && isUntoldFormat(contents.format);
  const { format, checkpointVersion, trainingState, metadata, metrics, tensors, entries, globals } = contents;
  return {
    path,
    format: format === 'empty' ? 'unknown' : format,
    written_by: writerOf(contents),
    byte_order: byteOrderOf(tensors),
    file_size_bytes: fileSize,
    bytes_read: bytesRead,
    checkpoint_version: checkpointVersion,
    training_state: trainingState,
    metadata,
    metrics,
    entries: [...entries],
    tensors: tensors.map((tensor, index) => describeTensor(tensor, statistics[index] ?? null)),
    totals: countTotals(tensors),
    layers: inferLayers(tensors),
    carried: findCarriedState(contents),
    optimizer,
    hyperparameters: compareSettings(settings),
    globals: [...globals],
    trust: untold ? 'runs-code' : contents.trust,
    unread: [...unread],
    targets: targetsOf(settings),
    problems: [...problems],
  };
}

function describeTensor(tensor: Tensor, stats: TensorStatistics | null): DescribedTensor {
  const { name, dtype, shape, stride, offset, bytes, storage, device } = tensor;
  const layout = { shape: [...shape], stride: stride && [...stride], offset };
  const numbers = { stored_as: describeStored(tensor), not_measured: whyNotMeasured(tensor) };
  const described = { name, dtype, ...layout, bytes, storage, device: device ?? null, ...numbers };
  return stats ? { ...described, stats } : described;
}
