import type { StorageConfig } from '../../../shared/model/storage-config.ts';

/** What a config carries to all that reads a run, threads too. */
interface WayOfReading {
  /** The framework in whose way alone it is read, where a person chose one. */
  readAs?: string;
  /** The one folder of the run, relative to it, that is looked at, where that is a version and was opened by itself. */
  only?: string;
  /** Folders right in it in which versions are kept, told by what else is there. */
  folders?: readonly string[];
  /** Whether folders right in it may be versions under any name, as there are checkpoints beside them. */
  isAnyName?: boolean;
}

/** @param layout of one of the known frameworks; null for the ways of all */
export function withReadAs(config: StorageConfig, layout: string | null): StorageConfig {
  return layout === null ? config : Object.assign({ ...config }, { readAs: layout } satisfies WayOfReading);
}

/** The framework in whose way alone names are read; undefined for the ways of all. */
export function readAsOf(config: Partial<StorageConfig>): string | undefined {
  return (config as WayOfReading).readAs;
}

/** @param folder that is a version, relative to the run; undefined for the whole run */
export function withOnly(config: StorageConfig, folder: string | undefined): StorageConfig {
  return folder === undefined
    ? config
    : Object.assign({ ...config }, { only: folder } satisfies WayOfReading);
}

/** The one folder of the run, relative to it, that is looked at; undefined for the whole run. */
export function onlyOf(config: Partial<StorageConfig>): string | undefined {
  return (config as WayOfReading).only;
}

/** @param folders right in the run in which versions are kept, told by what else is there */
export function withFolders(config: StorageConfig, folders: readonly string[]): StorageConfig {
  return folders.length === 0 ? config : Object.assign({ ...config }, { folders } satisfies WayOfReading);
}

/** Folders right in the run in which versions are kept, told by what else is there. */
export function foldersOf(config: Partial<StorageConfig>): readonly string[] {
  return (config as WayOfReading).folders ?? [];
}

/** @param isAny whether folders right in the run may be versions under any name */
export function withAnyName(config: StorageConfig, isAny: boolean): StorageConfig {
  return isAny ? Object.assign({ ...config }, { isAnyName: true } satisfies WayOfReading) : config;
}

/** Whether folders right in the run may be versions under any name. */
export function isAnyNameIn(config: Partial<StorageConfig>): boolean {
  return (config as WayOfReading).isAnyName === true;
}

/** The config as the run has it. */
export function withoutReadAs(config: StorageConfig): StorageConfig {
  const {
    readAs: _readAs,
    only: _only,
    folders: _folders,
    isAnyName: _isAnyName,
    ...own
  } = config as StorageConfig & WayOfReading;
  return own;
}
