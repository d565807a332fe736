import type { SelectionMetric } from '../../../shared/model/metric.ts';
import type { RecognisedLayout } from '../../../shared/model/recognised-layout.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { Version } from '../../../shared/model/version.ts';
import type { Lent } from '../catalog/layouts/lent-companions.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { PoolOptions } from '../integrity/integrity-pool.ts';
import type { Mark } from '../marks/marks.ts';
import type { ClonedFile } from './disk-gain.ts';

/** What retention asks of the run. */
export interface RetainedRun {
  readonly root: string;
  readonly config: StorageConfig;
  /** What the list's values are of. */
  readonly metric: SelectionMetric;
  /** @throws ModelManagerError where it cannot be told */
  readonly settledMetric: SelectionMetric;
  /** The framework whose run it is taken for; null where nothing tells. */
  readonly recognised: RecognisedLayout | null;
  /** What models that are saved without companions need of others. */
  lent(): readonly Lent[];
  /** Another map once anything else is noted. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Another number whenever something else may be known of any version, but for its marks. */
  readonly revision: number;
  look(options?: { signal: AbortSignal }): Promise<void>;
  /** Reads what files without a sidecar say of themselves. */
  readOwnRecords(ids?: readonly string[], options?: PoolOptions): Promise<void>;
  /** Reads the training steps that sidecars lack from the files. */
  readSteps(ids?: readonly string[], options?: PoolOptions): Promise<void>;
  list(): Iterable<ListedVersion>;
  version(id: string): Version | undefined;
  /** Whether the bytes of a version were read, and it is untouched since. */
  isRead(id: string): boolean;
  /** Why what its record says is not to be believed, in words; null for nothing. Its sidecar is read again where that is asked for. */
  doubtOf(version: ListedVersion, again: boolean): string | null;
  /** The SHA-256 of its bytes, on record or as they were read; null where neither is known. */
  bytesOf(version: ListedVersion): string | null;
  /** Whether other files measured versions of it. */
  readonly isMeasured: boolean;
  /** What tells the measurement behind its value of a metric, which counts for others too; null where it is its own. */
  measurementOf(id: string, metric: string): string | null;
  /** Whether a checkpoint was recognised in its file; null where that is not known. */
  isRecognised(id: string): boolean | null;
  verify(ids: readonly string[], onResult: () => void, options?: PoolOptions): Promise<void>;
  /** Files of the run that backups on its disk are clones of. */
  clonedFiles(): Promise<ClonedFile[]>;
}
