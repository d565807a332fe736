/** What a program gets that imports `cairn/core`, and all that it gets; docs/api.md is made from it. */

export type { Integrity, IntegrityState } from '../../shared/model/integrity.ts';
export type { Json, JsonNumber, JsonObject } from '../../shared/model/json.ts';
export type { SelectionMetric, Unusable } from '../../shared/model/metric.ts';
export type { ModelMetadata } from '../../shared/model/model-metadata.ts';
export type { ModelState, TrainingState } from '../../shared/model/model-state.ts';
export { defaultStorageConfig, type StorageConfig } from '../../shared/model/storage-config.ts';
export type { Version, VersionKind } from '../../shared/model/version.ts';
export type { RetentionRules } from '../../shared/query/plan-retention.ts';
export type { Restored } from './backup/restoring.ts';
export type { BackupOptions, RunBackups } from './backup/run-backups.ts';
export {
  type BenchmarkedVersion,
  type BenchmarkOrder,
  type BenchmarkResult,
  BenchmarkRunner,
  type VerifyingFirst,
} from './benchmark/benchmark-runner.ts';
export { commandEvaluator } from './benchmark/command-evaluator.ts';
export { type EvaluationCall, type Evaluator, functionEvaluator } from './benchmark/evaluator.ts';
export type { ConfigInput } from './config/read-config.ts';
export { ModelManagerError, ModelNotFoundError, ModelValidationError, UsageError } from './errors.ts';
export type { Intact } from './integrity/find-intact.ts';
export type { Loaded } from './load-state.ts';
export { type ManagerOptions, ModelManager } from './model-manager.ts';
export type { LogEntry } from './operations/operation-log.ts';
export { elementsOf, valueAt } from './packing/elements-of.ts';
export { readState } from './packing/read-state.ts';
export { safetensorsSource } from './packing/safetensors-source.ts';
export { torchSource } from './packing/torch-source.ts';
export {
  type Elements,
  PythonFloat,
  PythonTuple,
  type Storage,
  storageOf,
  type TorchKey,
  TorchTensor,
  type TorchValue,
  tensorOf,
} from './packing/torch-value.ts';
export { Program } from './program.ts';
export type { Pruned, PruneOptions, PrunePlan } from './retention/run-retention.ts';
export type { RunEvent } from './run-reader.ts';
export type {
  CompanionSource,
  FileBytes,
  FolderSource,
  Replacement,
  Saved,
  SavedCompanion,
  SaveRequest,
  SaveSource,
} from './save/save-request.ts';
export type { Resumed } from './training/resume-run.ts';
export {
  type EndOptions,
  type TrainingHooks,
  TrainingManager,
  type TrainingOptions,
  type Update,
} from './training/training-manager.ts';
export type { GivenRules as TrainingRules } from './training/training-rules.ts';
export type { TrashListing } from './trash/list-trash.ts';
export type { Undone } from './trash/undo.ts';
