import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import {
  type Drift,
  type MeasuredVersion,
  summariseDrift,
} from '../../../shared/statistics/summarise-drift.ts';
import { whileUnchanged } from '../contents/inspect-file.ts';
import { FileChangedError } from '../contents/open-files.ts';
import type { Tensor } from '../formats/contents.ts';
import { measureTensors } from '../tensors/measure-tensors.ts';
import type { WorkOptions } from '../tensors/run-shares.ts';

/** A version whose contents can be looked into, until it is closed. */
export interface OpenedVersion {
  tensors: readonly Tensor[];
  /** @throws FileChangedError */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

export interface VersionToMeasure {
  id: string;
  open(): Promise<OpenedVersion>;
}

interface DriftOptions extends WorkOptions {
  /** Tensors by name; all of the model where nothing is said. */
  only?: (tensor: Tensor) => boolean;
  /** What was found in a version, as soon as it was. */
  onVersion?: (measured: MeasuredVersion) => void;
}

export const isOfModel = ({ part }: Tensor): boolean => part === 'model';

/**
 * Measures the tensors of these versions one version after the other, in the order given.
 * @throws the signal's reason, and what opening and reading throw
 */
export async function measureRun(
  versions: readonly VersionToMeasure[],
  { only = isOfModel, onVersion, ...work }: DriftOptions = {},
): Promise<Drift> {
  const measured: MeasuredVersion[] = [];
  for (const { id, open } of versions) {
    work.signal?.throwIfAborted();
    const version = { id, tensors: await measureVersion(await open(), only, work) };
    measured.push(version);
    onVersion?.(version);
  }
  return summariseDrift(measured);
}

async function measureVersion(
  version: OpenedVersion,
  only: (tensor: Tensor) => boolean,
  work: WorkOptions,
): Promise<MeasuredVersion['tensors']> {
  try {
    const tensors = version.tensors.filter(only);
    const statistics = await measureUnchanged(version, tensors, work);
    return tensors.map(({ name }, index) => toLayer(name, statistics[index] ?? null));
  } finally {
    await version.close();
  }
}

/** A tensor as one of a {@link MeasuredVersion}; `statistics` is null where it could not be measured. */
export function toLayer(
  name: string,
  statistics: TensorStatistics | null,
): MeasuredVersion['tensors'][number] {
  const { l2 = null, nan = 0, posinf = 0, neginf = 0 } = statistics ?? {};
  return { name, norm: l2, hasNan: nan > 0, hasInfinite: posinf + neginf > 0 };
}

/** Of a version that is written anew meanwhile nothing is told; the others are measured all the same. */
async function measureUnchanged(
  version: OpenedVersion,
  tensors: readonly Tensor[],
  work: WorkOptions,
): Promise<(TensorStatistics | null)[]> {
  try {
    return await whileUnchanged(version, () => measureTensors(tensors, work), work.signal);
  } catch (error) {
    if (error instanceof FileChangedError) return [];
    throw error;
  }
}
