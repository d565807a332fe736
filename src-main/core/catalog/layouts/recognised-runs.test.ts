import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { ModelManager } from '../../model-manager.ts';

/** Written by build/sample-run/fixture_layouts.py in the formats that the frameworks document. */
const layouts = join(import.meta.dirname, '../../../../e2e/fixtures/layouts');
const expected = JSON.parse(readFileSync(join(layouts, '../layouts.expected.json'), 'utf8')) as Record<
  string,
  ReturnType<typeof tell>
>;

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.readOwnRecords();
  return manager;
}

/** What a run says, in the order of ids. */
function tell(manager: ModelManager) {
  const versions = manager.versions().sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    recognised: manager.recognised,
    versions: versions.map(({ id, kind, step, episode, reward, metrics, metadata_source, integrity }) => ({
      ...{ id, kind, step, episode, reward, metrics, metadata_source, state: integrity.state },
    })),
    problems: manager.problems.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

test.each(Object.keys(expected))('every version, number and metric of %s is right', async (name) => {
  const run = join(temporaryFolder(), name.split('/').at(-1) ?? '');
  cpSync(join(layouts, name), run, { recursive: true });
  expect(tell(await open(run))).toEqual(expected[name]);
});
