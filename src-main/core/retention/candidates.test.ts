import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { ModelManager } from '../model-manager.ts';
import { Candidates } from './candidates.ts';
import { bestOnly, open, save } from './retained-run.fixture.ts';
import type { RetainedRun } from './retained-run.ts';

test('what was saved while others had their turn is asked about as well', async () => {
  const listed = (id: string) =>
    ({ id, kind: 'best', number: 1, value: 1, identity: null, companions: [] }) as unknown as ListedVersion;
  const first = [listed('1.pt')];
  const looks = [first, [...first, listed('2.pt')]];
  const run = {
    root: temporaryFolder(),
    config: defaultStorageConfig,
    metric: { name: 'reward', mode: 'max', source: 'default' },
    recognised: null,
    marks: new Map(),
    list: () => looks.shift() ?? [],
    doubtOf: ({ id }: ListedVersion, again: boolean) => (again ? `${id} is in doubt` : null),
    bytesOf: () => null,
    isMeasured: false,
    lent: () => [],
    isRecognised: () => null,
  } as unknown as RetainedRun;
  const found = await new Candidates(run).now(() => run.metric, false, new Map(), undefined);
  expect(found.map(({ doubt }) => doubt)).toEqual(['1.pt is in doubt', '2.pt is in doubt']);
});

/** Which versions a simulated plan that keeps the two best lets stay, by their numbers. */
const kept = (manager: ModelManager) =>
  manager
    .simulatePrune(bestOnly(2))
    .decisions.flatMap(({ id, keep }) => (keep ? (manager.version(id)?.version ?? []) : []))
    .sort();

test('a plan whose rules move goes by what was noted, saved, found broken and deleted since the last one', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3, 4]) saveModel(run, version);
  const manager = await open(run);
  const idOf = (version: number) => manager.versions().find((each) => each.version === version)?.id ?? '';
  expect([kept(manager), kept(manager)]).toEqual([
    [3, 4],
    [3, 4],
  ]);
  await manager.mark([idOf(1)], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect(kept(manager)).toEqual([1, 3, 4]);
  await save(manager, 9, 50);
  expect(kept(manager)).toEqual([1, 4, 5]);
  const path = join(run, idOf(5));
  writeFileSync(path, readFileSync(path).fill(0, 100, 140));
  await manager.look();
  await manager.verify([idOf(5)], () => undefined);
  expect(kept(manager)).toEqual([1, 3, 4]);
  rmSync(join(run, idOf(4)));
  await manager.look();
  // What is gone stays in the list, and fills no place.
  expect(kept(manager)).toEqual([1, 2, 3, 4]);
});
