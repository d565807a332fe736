import { parentPort } from 'node:worker_threads';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { asText, type ListedVersion } from './listed-version.ts';
import { separator } from './packed-versions.ts';
import { readAsRecovered } from './read-as-recovered.ts';

/** The run whose records are wanted. */
export interface TextsTask {
  root: string;
  config: StorageConfig;
}

/** Reads a run once, and then tells the texts of the versions whose ids it is sent: one string, in which those that are not there are empty. */
let versions: Promise<ReadonlyMap<string, ListedVersion>> = Promise.resolve(new Map());

parentPort?.on('message', async (message: TextsTask | readonly string[]) => {
  if ('root' in message) {
    versions = readVersions(message);
    return;
  }
  const read = await versions;
  const texts = message.map((id) => asText(read.get(id)?.text ?? ''));
  parentPort?.postMessage(texts.join(separator));
});

async function readVersions({ root, config }: TextsTask): Promise<ReadonlyMap<string, ListedVersion>> {
  const read = new Map<string, ListedVersion>();
  await readAsRecovered(root, config, (some) => {
    for (const version of some) read.set(version.id, version);
  });
  return read;
}
