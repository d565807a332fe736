import type { StorageConfig } from '../../../shared/model/storage-config.ts';

/** What a config carries to all that reads a run, threads too, where a person chose the framework in whose way alone it is read. */
interface ReadAs {
  readAs?: string;
}

/** @param layout of one of the known frameworks; null for the ways of all */
export function withReadAs(config: StorageConfig, layout: string | null): StorageConfig {
  return layout === null ? config : Object.assign({ ...config }, { readAs: layout } satisfies ReadAs);
}

/** The framework in whose way alone names are read; undefined for the ways of all. */
export function readAsOf(config: Partial<StorageConfig>): string | undefined {
  return (config as ReadAs).readAs;
}

/** The config as the run has it. */
export function withoutReadAs(config: StorageConfig): StorageConfig {
  const { readAs: _readAs, ...own } = config as StorageConfig & ReadAs;
  return own;
}
