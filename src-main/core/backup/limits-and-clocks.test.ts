import { expect, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { backUp, backUpBefore, own, runOf } from './backed-up-run.fixture.ts';

/** A manager whose backups have this limit, and what a person is told. */
function limitedTo(run: string, limit: string, disk?: Disk): { limited: ModelManager; told: string[] } {
  put(run, '.cairn/settings.yaml', `backups: {${limit}}`);
  const told: string[] = [];
  const limited = new ModelManager(run, {
    appData: temporaryFolder(),
    onNotice: (notice) => told.push(notice),
    ...(disk && { disk }),
  });
  return { limited, told };
}

test('the backup that was just made is not deleted by the limits where the clock went back', async () => {
  const { run, ids, manager } = await runOf(2);
  const before = await backUp(manager, ids[0]);
  const { limited, told } = limitedTo(run, 'max_size: 0');
  await limited.look();
  const made = await backUpBefore(365, limited, ids[1]);
  expect(own(run, 'manifests')).toEqual([`${made}.json`]);
  expect(told).toEqual([expect.stringContaining(`1 older backup was deleted (${before})`)]);
  const next = await backUpBefore(730, limited, ids[0]);
  expect(own(run, 'manifests')).toEqual([`${next}.json`]);
  const { backups } = await limited.backups.list();
  expect(backups.map(({ manifest }) => [manifest.id, manifest.number])).toEqual([[next, 3]]);
  limited.close();
});

test('a clock that is set forward by a year has no backup go for its age', async () => {
  const { run, ids } = await runOf(3);
  const { limited, told } = limitedTo(run, 'max_age: 30d');
  await limited.look();
  const made = [await backUp(limited, ids[0]), await backUp(limited, ids[1])];
  made.push(await backUpBefore(-365, limited, ids[2]));
  expect(own(run, 'manifests').sort()).toEqual(made.map((id) => `${id}.json`).sort());
  expect(told).toEqual([]);
  limited.close();
});

test('a backup under a clock that stands too early or too late is told, and restored from, in the order in which they were made', async () => {
  const { run, ids } = await runOf(1);
  const { limited } = limitedTo(run, 'max_age: null');
  await limited.look();
  const made = [
    await backUp(limited, ids[0]),
    await backUpBefore(365, limited, ids[0]),
    await backUpBefore(-365, limited, ids[0]),
    await backUp(limited, ids[0]),
  ];
  const { backups } = await limited.backups.list();
  expect(backups.map(({ manifest }) => manifest.id)).toEqual(made.toReversed());
  limited.close();
});

test('where backups beyond the limits cannot be deleted, that is said: the new one is made', async () => {
  const { run, ids, manager } = await runOf(2);
  await backUp(manager, ids[0]);
  const unlink: Disk['unlink'] = (path) =>
    path.includes('/manifests/')
      ? Promise.reject(Object.assign(new Error('no'), { code: 'EPERM', syscall: 'unlink', path }))
      : realDisk.unlink(path);
  const { limited, told } = limitedTo(run, 'max_size: 0', { ...realDisk, unlink });
  await limited.look();
  await backUp(limited, ids[1]);
  expect(own(run, 'manifests')).toHaveLength(2);
  expect(told).toEqual([
    expect.stringMatching(/^backups are not kept within their limits: .*the system does not allow it/),
  ]);
  limited.close();
});
