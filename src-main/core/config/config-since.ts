import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { type StorageConfig, storageConfigSchema } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { type Look, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { configFile, type RunConfig, readConfig } from './read-config.ts';

/** The config of a run as it was when the run was opened, and what became of it since: a run goes by one config for as long as it is open. */
export class ConfigSince {
  readonly opened: RunConfig;
  readonly #root: string;
  #look: Look;
  #changes: Problem[] = [];

  constructor(root: string) {
    this.#root = root;
    this.#look = this.#lookAtFile();
    this.opened = readConfig(root);
  }

  /** A sentence for each key that has another value by now; of a run that is gone, or has another name, what was told before. Cheap as long as nobody touches the file. */
  changes(): Problem[] {
    if (tryLookAt(this.#root) === null) return this.#changes;
    const look = this.#lookAtFile();
    if (!isSame(this.#look, look)) {
      this.#look = look;
      this.#changes = compare(this.opened.config, readConfig(this.#root).config);
    }
    return this.#changes;
  }

  #lookAtFile(): Look {
    return tryLookAt(join(this.#root, configFile));
  }
}

function isSame(a: Look, b: Look): boolean {
  return a && b && 'ino' in a && 'ino' in b ? sameIdentity(a, b) : a === b;
}

function compare(opened: StorageConfig, now: StorageConfig): Problem[] {
  return storageConfigSchema.keyof().options.flatMap((key) => {
    if (opened[key] === now[key]) return [];
    const problem = `${key}: it was ${show(opened[key])} when the run was opened and is ${show(now[key])} now: close the run and open it again to go by that`;
    return [{ path: configFile, problem }];
  });
}

function show(value: unknown): string {
  return escapeName(JSON.stringify(value) ?? 'nothing', 60);
}
