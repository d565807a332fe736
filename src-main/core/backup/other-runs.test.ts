import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { backUpTo, runOf } from './backed-up-run.fixture.ts';

test('a restore of another run’s backup is told in the log and in the trash; one of its own is not', async () => {
  const store = temporaryFolder();
  const [first, second] = [await runOf(1), await runOf(2)];
  const theirs = await backUpTo(store, first.manager, first.ids);
  const own = await backUpTo(store, second.manager, second.ids.slice(1));
  const { backups } = second.manager;
  await second.manager.moveToTrash(second.ids);
  expect(await backups.otherRun(theirs, store)).toBe(first.run);
  expect(await backups.otherRun(own, store)).toBe(null);
  await backups.restore(own, null, store);
  await backups.restore(theirs, null, store);
  const told = second.manager.log().flatMap(({ command, of }) => (command === 'restore' ? [of] : []));
  expect(told).toEqual([undefined, first.run]);
  const [newest] = (await second.manager.listTrash()).operations;
  expect(newest?.reason).toBe(`restore from ${theirs}, of ${first.run}`);
});
