import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { open } from './backed-up-run.fixture.ts';

/** The second model of two is cut off, in a way that no record contradicts. */
function tornRun(sidecar: 'none' | 'of the torn bytes') {
  const run = temporaryFolder();
  const whole = saveModel(run, 1);
  const torn = saveModel(run, 2, sidecar === 'none' ? { sidecar: null } : {});
  const path = join(run, torn);
  truncateSync(path, 300);
  const record = { version: 2, reward: 0.2, checksum: sha256(readFileSync(path)) };
  if (sidecar !== 'none') writeFileSync(path.replace('.pt', '.json'), JSON.stringify(record));
  for (const id of [whole, torn]) utimesSync(join(run, id), 1000, 1000);
  return { run, whole, torn };
}

test.each(['none', 'of the torn bytes'] as const)(
  'a torn version is not exported, whether or not anybody verified it, with a sidecar: %s',
  async (sidecar) => {
    const { run, whole, torn } = tornRun(sidecar);
    const to = temporaryFolder();
    const manager = await open(run);
    const refused = /^cannot export best_models\/model_v0002_[^ ]+ — .*is missing — [^—]+$/;
    await expect(manager.exportVersions([whole, torn], to)).rejects.toThrow(refused);
    await manager.verify([torn], () => undefined);
    await expect(manager.exportVersions([torn], to)).rejects.toThrow(refused);
    expect(readdirSync(to)).toEqual([]);
    await manager.exportVersions([whole], to);
    expect(readdirSync(to)).toHaveLength(2);
  },
);
