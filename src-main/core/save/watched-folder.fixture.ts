import { basename } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '../../../shared/model/json.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { adoptFolder } from './adopt-folder.ts';
import type { Saved } from './save-request.ts';

/** A run, a folder that is watched for it once that begins, and what is told of it. @param disk that the run is on */
export function watchFolder(kind: VersionKind, config: Partial<StorageConfig> = {}, disk: Disk = realDisk) {
  const [run, folder] = [temporaryFolder(), temporaryFolder()];
  const manager = new ModelManager(run, { appData: temporaryFolder(), config, disk });
  const stop = new AbortController();
  const told = { saved: [] as (Saved & { from: string })[], failed: [] as string[], waiting: [] as string[] };
  /** @param isExpected false where it cannot begin, which is thrown as it is ended */
  const begin = (isExpected = true, trainingState: JsonObject | null = null) => {
    const request = { reward: Number.NaN, trainingState };
    const onSaved = (saved: Saved, from: string) => void told.saved.push({ ...saved, from: basename(from) });
    const onFailed = (from: string, error: unknown) =>
      void told.failed.push(`${basename(from)}: ${error instanceof Error ? error.message : error}`);
    const onWaiting = (from: string, why: string) => void told.waiting.push(`${basename(from)}: ${why}`);
    const { signal } = stop;
    const ended = adoptFolder(manager, folder, { kind, request, signal, onSaved, onFailed, onWaiting });
    const end = () => {
      stop.abort();
      return ended;
    };
    onTestFinished(async () => {
      await (isExpected ? end() : end().catch(() => undefined));
      manager.close();
    });
    return end;
  };
  return { run, folder, manager, told, begin };
}
