import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createBackupHandlers } from './backup-handlers.ts';
import type { OpenRun } from './open-run.ts';
import { createRestoreHandlers } from './restore-handlers.ts';
import { endOf, from, openSmallRun } from './small-run.fixture.ts';
import { createTrashHandlers } from './trash-handlers.ts';
import type { WindowSession } from './window-session.ts';
import { createWritingHandlers } from './writing-handlers.ts';

let session: WindowSession;
let run: OpenRun;
let folder: string;
let defaultPlace = 'disk';
const handlers = {
  ...createWritingHandlers(() => session),
  ...createTrashHandlers(() => session),
  ...createRestoreHandlers(() => session),
  ...createBackupHandlers(() => session, {
    chooseFolder: async () => join(folder, 'disk'),
    defaultFolder: () => join(folder, defaultPlace),
  }),
};
const ended = <T>(begun: Parameters<typeof endOf>[1]) => endOf<T>(session, begun);
const version = (name: string) => run.handles.handleOf(`best_models/${name}.pt`);

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'disk'));
  ({ session, run } = await openSmallRun(folder));
});
afterEach(() => session.close());

test('a version that is moved to the trash is listed there, and comes back', async () => {
  const { runId } = run;
  const { operation } = await handlers.moveToTrash({ runId, versions: [version('a')] }, from);
  expect(await handlers.listTrash({ runId }, from)).toMatchObject({
    operations: [{ operation, versionCount: 1, named: [{ id: 'best_models/a.pt' }] }],
  });
  expect(await handlers.undo({ runId, operation }, from)).toEqual({ restored: 1, removed: 0 });
  expect(await handlers.listTrash({ runId }, from)).toEqual({ operations: [], problems: [] });
});

test('a version of which only the record is left is not moved, and it is said why', async () => {
  const missing = { runId: run.runId, versions: [version('a'), version('gone')] };
  await expect(handlers.moveToTrash(missing, from)).rejects.toThrow('its file is not there');
  expect(run.manager.version('best_models/a.pt')).toBeDefined();
});

test('a restore can be undone, whether it replaced something or brought back what was lost', async () => {
  const { runId } = run;
  await ended(
    handlers.backUp({ runId, versions: [version('a'), version('b')], label: 'both', place: null }, from),
  );
  const [{ backup = '' } = {}] = (await handlers.listBackups({ runId, place: null }, from)).backups;
  await rm(join(folder, 'run/best_models/a.pt'));
  expect(await ended(handlers.restore({ runId, backup, place: null, only: null }, from))).toEqual({
    operation: expect.any(String),
    restored: 1,
    // Its bytes are what they were, and no model.
    broken: 1,
  });
  await writeFile(join(folder, 'run/best_models/a.pt'), 'other bytes');
  expect(await ended(handlers.restore({ runId, backup, place: null, only: null }, from))).toMatchObject({
    operation: expect.any(String),
    restored: 1,
  });
  const [trashed] = (await handlers.listTrash({ runId }, from)).operations;
  expect(trashed).toMatchObject({ versionCount: 1, named: [{ id: 'best_models/a.pt' }] });
});

test('one version alone is restored, from the newest backup of it that is whole; of others nothing changes', async () => {
  const { runId } = run;
  const models = join(folder, 'run/best_models');
  const found = { runId, version: version('a') };
  expect(await handlers.findBackupOf(found, from)).toEqual({ backup: null, damaged: 0 });
  for (const label of ['older', 'newer'])
    await ended(handlers.backUp({ runId, versions: [version('a'), version('b')], label, place: null }, from));
  for (const name of ['a.pt', 'b.pt']) await writeFile(join(models, name), 'other bytes');
  const { backup } = await handlers.findBackupOf(found, from);
  expect(backup?.label).toBe('newer');
  const restoring = { runId, backup: backup?.backup ?? '', place: null, only: version('a') };
  const { changes } = await handlers.planRestore(restoring, from);
  expect(changes.map(({ id, action }) => [id, action])).toEqual([['best_models/a.pt', 'replace']]);
  expect(await ended(handlers.restore(restoring, from))).toMatchObject({ restored: 1 });
  expect(readFileSync(join(models, 'a.pt'), 'utf8')).not.toBe('other bytes');
  expect(readFileSync(join(models, 'b.pt'), 'utf8')).toBe('other bytes');
});

test('a prune does the plan that was shown, and no other', async () => {
  const rules = {
    runId: run.runId,
    metric: null,
    keepBest: 0,
    keepLatest: null,
    keepEvery: null,
    kinds: 'best',
  } as const;
  const simulated = JSON.parse((await handlers.simulatePrune(rules, from)).json);
  const { plan: seen, ...first } = await ended<PrunePlan>(handlers.planPrune(rules, from));
  expect(simulated).toMatchObject({ versions: first.versions, plan: null });
  const plan = seen ?? '';
  put(join(folder, 'run'), 'best_models/c.pt', 'one that came meanwhile');
  await expect(ended(handlers.prune({ ...rules, plan }, from))).rejects.toThrow(
    'changed since this plan was made',
  );
  const again = await ended<PrunePlan>(handlers.planPrune(rules, from));
  expect(await ended(handlers.prune({ ...rules, plan: again.plan ?? '' }, from))).toMatchObject({
    removed: again.removed,
  });
});

test('a backup goes to the place that was chosen, is verified there and deleted', async () => {
  const { runId } = run;
  const { place = '' } = (await handlers.chooseBackupPlace({ purpose: 'back up' }, from)) ?? {};
  await ended(handlers.backUp({ runId, versions: [version('a')], label: null, place }, from));
  const [backup] = (await handlers.listBackups({ runId, place: null }, from)).backups;
  expect(backup).toMatchObject({ elsewhere: join(folder, 'disk'), state: 'verified' });
  const id = { runId, backup: backup?.backup ?? '', place: null };
  expect(await ended(handlers.verifyBackups(id, from))).toEqual({ verified: 1, damaged: 0 });
  expect(await handlers.deleteBackup(id, from)).toEqual({ gone: [] });
  expect(await handlers.listBackups({ runId, place: null }, from)).toEqual({
    ...{ backups: [], problems: [], unclaimed: 0 },
  });
  const invented = { runId, versions: null, label: null, place: 'f'.repeat(32) };
  expect(() => handlers.backUp(invented, from)).toThrow('No such place');
});

test('the place for all backups is offered while it is there and no part of the run; else it is said why not', async () => {
  const { runId } = run;
  defaultPlace = 'disk';
  const offered = await handlers.defaultBackupPlace({ runId }, from);
  expect(offered).toEqual({ place: expect.any(String), shown: join(folder, 'disk'), problem: null });
  const place = offered?.place ?? '';
  await rm(join(folder, 'disk'), { recursive: true });
  expect(await handlers.defaultBackupPlace({ runId }, from)).toMatchObject({
    place: null,
    problem: 'it is not there: connect its disk, or choose another folder',
  });
  // Between the offer and the backup the disk is taken away: no folder is made in its place.
  const late = { runId, versions: [version('a')], label: null, place };
  expect(() => handlers.backUp(late, from)).toThrow('connect its disk');
  expect(existsSync(join(folder, 'disk'))).toBe(false);
  defaultPlace = 'run/best_models';
  expect(await handlers.defaultBackupPlace({ runId }, from)).toMatchObject({
    place: null,
    problem: 'it is part of a run: choose a folder outside of it',
  });
});

test('from a folder that is chosen any backup is restored into the run, of whatever run it is', async () => {
  put(join(folder, 'other'), 'best_models/c.pt', 'bytes of c');
  const other = session.open(join(folder, 'other'));
  await other.manager.look();
  const { place = '' } = (await handlers.chooseBackupPlace({ purpose: 'back up' }, from)) ?? {};
  await ended(handlers.backUp({ runId: other.runId, versions: null, label: null, place }, from));
  const { runId } = run;
  expect(await handlers.listBackups({ runId, place: null }, from)).toEqual({
    ...{ backups: [], problems: [], unclaimed: 0 },
  });
  const [found] = (await handlers.listBackups({ runId, place }, from)).backups;
  expect(found).toMatchObject({ of: join(folder, 'other'), elsewhere: join(folder, 'disk') });
  const chosen = { runId, place, backup: found?.backup ?? '' };
  expect(await ended(handlers.verifyBackups(chosen, from))).toEqual({ verified: 1, damaged: 0 });
  const id = 'best_models/c.pt';
  expect(await handlers.planRestore({ ...chosen, only: null }, from)).toEqual({
    changes: [{ id, version: null, action: 'create', files: [id], bytes: 10 }],
  });
  await expect(ended(handlers.restore({ ...chosen, place: null, only: null }, from))).rejects.toThrow(
    'no backup',
  );
  expect(await ended(handlers.restore({ ...chosen, only: null }, from))).toMatchObject({ restored: 1 });
  expect(readFileSync(join(folder, 'run/best_models/c.pt'), 'utf8')).toBe('bytes of c');
  await expect(handlers.listBackups({ runId, place: 'f'.repeat(32) }, from)).rejects.toThrow('No such place');
});

test('a backup of nothing intact is refused, and names what speaks against it', async () => {
  const { runId } = run;
  const request = handlers.backUp({ runId, versions: [version('gone')], label: null, place: null }, from);
  await expect(ended(request)).rejects.toThrow(
    /nothing was backed up — best_models\/gone.pt: .+ — verify the run/,
  );
});

test('emptying the trash deletes what was listed, and nothing that came since', async () => {
  const { runId } = run;
  await handlers.moveToTrash({ runId, versions: [version('a')] }, from);
  const seen = (await handlers.listTrash({ runId }, from)).operations.map(({ operation }) => operation);
  const { operation } = await handlers.moveToTrash({ runId, versions: [version('b')] }, from);
  expect(await handlers.emptyTrash({ runId, operations: seen }, from)).toMatchObject({ versionCount: 1 });
  expect((await handlers.listTrash({ runId }, from)).operations).toMatchObject([{ operation }]);
  await expect(handlers.emptyTrash({ runId, operations: seen }, from)).rejects.toThrow();
  expect(await handlers.undo({ runId, operation }, from)).toEqual({ restored: 1, removed: 0 });
});

test('what lies in the trash is told, a version at a time, and what the disk would gain', async () => {
  const { runId } = run;
  put(join(folder, 'run'), 'best_models/b.json', JSON.stringify({ version: 2, metrics: { sharpe: 1.5 } }));
  await run.manager.look();
  const { operation } = await handlers.moveToTrash({ runId, versions: [version('b')] }, from);
  const shown = { runId, operation };
  expect(await handlers.showTrashed(shown, from)).toMatchObject({
    versions: [{ id: 'best_models/b.pt', bytes: 10 }],
  });
  const { json } = await handlers.showTrashedVersion({ ...shown, version: 0 }, from);
  expect(JSON.parse(json ?? '')).toMatchObject({ metrics: { sharpe: 1.5 } });
  expect(await handlers.showTrashedVersion({ ...shown, version: 1 }, from)).toEqual({ json: null });
  const gain = await handlers.planEmptying({ runId, operations: [operation] }, from);
  expect(gain).toMatchObject({ versionCount: 1 });
  expect(gain.bytes).toBeGreaterThanOrEqual(10);
});
