import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Candidates } from './candidates.ts';
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
