import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel } from '../../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { openTarget } from './verify-target.ts';

const sidecarOf = (path: string) => path.replace(/pt$/, 'json');

test('what leaves a run while it is being verified is not missing; what its sidecar still tells of is, and what is back is read', async () => {
  const run = temporaryFolder();
  const away = temporaryFolder();
  const [stays, leaves, loses, returns] = [1, 2, 3, 4].map((version) =>
    saveModel(run, version, { elements: 40 }),
  ) as [string, string, string, string];
  const target = await openTarget(run, {});
  rmSync(join(run, leaves));
  rmSync(sidecarOf(join(run, leaves)));
  rmSync(join(run, loses));
  const moved = [join(run, returns), sidecarOf(join(run, returns))];
  for (const [index, path] of moved.entries()) renameSync(path, join(away, `${index}`));
  const states = new Map<string, string>();
  await target.verify(
    ({ id, integrity }) => {
      states.set(id, integrity.state);
      // The last that is read: what is back by then is read after all.
      if (id === stays) for (const [index, path] of moved.entries()) renameSync(join(away, `${index}`), path);
    },
    { jobs: 1 },
  );
  expect(Object.fromEntries(states)).toEqual({
    [stays]: 'verified',
    [loses]: 'missing',
    [returns]: 'verified',
  });
});
