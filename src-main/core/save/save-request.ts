import type { JsonObject } from '../../../shared/model/json.ts';
import type { ModelMetadata } from '../../../shared/model/model-metadata.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { whyNoName } from '../config/why-no-name.ts';
import { ModelValidationError, UsageError } from '../errors.ts';
import type { Chunks } from '../files/stage-file.ts';
import type { TorchValue } from '../packing/torch-value.ts';
import type { Adoption } from './adopted-checksums.ts';

/** Bytes to save: a file, or bytes as they come, with their number where it is known. */
export type ByteSource = FileBytes | StreamedBytes;

/** The bytes of a file; where its SHA-256 is given, in lower-case hex, it must still have it when it is saved. */
export interface FileBytes {
  path: string;
  checksum?: string;
}
export interface StreamedBytes {
  chunks: Chunks;
  size: number | null;
}

/** The states of a model and its optimizer, to be saved as the reference lays out a checkpoint. */
export interface ModelWeights {
  model: TorchValue;
  optimizer?: TorchValue;
}

/** A file that goes with the model that is saved, and what it is: one of the kinds that frameworks save with models. */
export interface CompanionSource extends FileBytes {
  kind: string;
}

/** A checkpoint that a framework keeps in a folder, by that folder's name, and its files by their paths in it, with `/`. */
export interface FolderSource {
  folder: string;
  files: readonly { name: string; bytes: ByteSource }[];
  /** Asked once the bytes of all are there: whether the folder still holds these files as they were, and no other. */
  isStill?: () => boolean;
}

/** What to save: bytes; a folder; what `torch.save` would be given; or weights, to which the save adds what it knows of them. */
export type SaveSource = ByteSource | FolderSource | { state: TorchValue } | ModelWeights;

export interface SaveRequest {
  source: SaveSource;
  /** What goes with a file, and is saved with it: all of it, or none. A folder has in it what goes with it. */
  companions?: readonly CompanionSource[];
  /** NaN is a reward too: it never wins. */
  reward: number;
  metrics?: JsonObject;
  /** Names of metrics that are floats for Python where they are whole, too: the sidecar says 1.0. */
  floatMetrics?: readonly string[];
  trainingState?: JsonObject | null;
  /** Anything else the sidecar is to say. */
  metadata?: ModelMetadata;
  /** What the sidecar says beside all that, and the file itself does not. */
  sidecarOnly?: JsonObject;
  /** A file name; by default the one that the config makes. A checkpoint that is a folder keeps its own by default. */
  name?: string;
  /** What the default name of a best model ends in, with its dot; `.pt` by default. */
  ending?: string;
  /** What it adopts, once for all: bytes that were adopted before are not saved again. */
  adopts?: Adoption;
  /** Whether retention follows, as the config says; by default it does. */
  prune?: boolean;
  /** Whether a new best model is backed up at once; by default it is not. */
  backUpBest?: boolean;
  /**
   * Gives the save up while its files have no names yet: everything is as it was then. Where `atomic_saves` is off, what is written is taken
   * back; but a file that is written over without `backup_before_overwrite` is kept nowhere, and its save goes on once it has begun.
   */
  signal?: AbortSignal;
}

/** A file that was saved with its model: `id` is its path in the run. */
export interface SavedCompanion {
  id: string;
  checksum: string;
  size: number;
}

/** Where a replaced file is now: the operation that undo brings it back by, and the copy beside its name; null where there is none. `stays`: the trash keeps it until a person empties that. */
export interface Replacement {
  operation: string | null;
  backup: string | null;
  stays?: true;
}

export interface Saved {
  id: string;
  kind: VersionKind;
  version: number | null;
  checksum: string;
  size: number;
  companions: SavedCompanion[];
  /** What is broken about its structure; null for nothing that is known. */
  torn: string | null;
  /** What there is where no checkpoint is recognised; null where one is. */
  unrecognised: string | null;
  /** What had its name before; null where the name was free. */
  replaced: Replacement | null;
  /** Ids that retention moved to the trash, and the operation that undo brings them back by; null where none went. */
  pruned: string[];
  pruning: string | null;
  /** Of those that went because another has the same bytes, which other: in words, by their ids. */
  copies?: ReadonlyMap<string, string>;
  /** Whether what was pruned waits in the trash until a person empties that. */
  stays?: boolean;
  /** Ids that limits of the trash deleted from it for good. */
  emptied: string[];
  /** Sentences that are worth saying: not durable, not recognised, a disk running low. */
  warnings: string[];
}

/** What a program without types may get wrong. @throws ModelValidationError with all of it */
export function assertSaveRequest({
  source,
  companions = [],
  reward,
  metrics = {},
  trainingState = null,
}: SaveRequest): void {
  const isDict = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const isSource = isDict(source);
  const faults = [
    ...(isSource ? faultsOfSource(source) : ['source must be an object that says what to save']),
    ...(typeof reward === 'number' ? [] : ['reward must be a number']),
    ...(isDict(metrics) ? [] : ['metrics must be an object']),
    ...(trainingState === null || isDict(trainingState) ? [] : ['trainingState must be an object']),
    ...(isSource && 'folder' in source && companions.length > 0
      ? ['what goes with a folder must be in it']
      : []),
  ];
  if (faults.length > 0)
    throw new ModelValidationError(`nothing was saved — ${faults.join('; ')} — correct that`);
}

/** By the key that tells what sort of source it is: what it must be, in words. */
const sources: readonly [string, (value: unknown, source: object) => boolean, string][] = [
  ['path', (path) => typeof path === 'string', 'the path of source must be a text'],
  ['chunks', isIterable, 'the chunks of source must come one by one'],
  ['folder', isFolder, 'a folder must be a name, with files'],
  ['state', () => true, ''],
  ['model', () => true, ''],
];

function faultsOfSource(source: object): string[] {
  const sort = sources.find(([key]) => Reflect.get(source, key) !== undefined);
  if (!sort) return ['source must have a path, chunks, a folder, a state or a model'];
  const [key, holds, fault] = sort;
  return holds(Reflect.get(source, key), source) ? [] : [fault];
}

function isFolder(folder: unknown, source: object): boolean {
  return typeof folder === 'string' && 'files' in source && Array.isArray(source.files);
}

function isIterable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

/**
 * @param advice what to do about it
 * @throws UsageError for a name that is no plain file name of a checkpoint
 */
export function assertSaveName(name: string, config: StorageConfig, advice = 'such as model.pt'): void {
  const reason = whyNot(name, config);
  if (reason)
    throw new UsageError(`“${escapeName(name)}” cannot be the name of a version — ${reason} — ${advice}`);
}

function whyNot(name: string, config: StorageConfig): string | null {
  const reason = whyNoName(name);
  if (reason !== null) return reason;
  const { role, stem } = classifyName(name, config);
  if (role !== 'model') return 'its ending is none of a checkpoint (.pt, .pth, .ckpt, .safetensors, .zip)';
  const told = classifyName(`${stem}.json`, config).stem;
  return told === stem ? null : `its sidecar would pass for that of ${escapeName(told)}`;
}
