import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SealedRun } from '../../shared/ipc/writing-contract.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { OpenRun } from './open-run.ts';
import { endOf, from, openSmallRun, putOldModel } from './small-run.fixture.ts';
import { createTrashHandlers } from './trash-handlers.ts';
import { createUpkeepHandlers } from './upkeep-handlers.ts';
import type { WindowSession } from './window-session.ts';

let session: WindowSession;
let run: OpenRun;
let folder: string;
const handlers = {
  ...createTrashHandlers(() => session),
  ...createUpkeepHandlers(() => session, {
    chooseExportFolder: async () => join(folder, 'copies'),
    chooseReportFile: async (_from, suggested) => join(folder, suggested),
    madeBy: 'a test',
  }),
};
const ended = <T>(begun: Parameters<typeof endOf>[1]) => endOf<T>(session, begun);
const version = (name: string) => run.handles.handleOf(`best_models/${name}.pt`);

beforeEach(async () => {
  folder = temporaryFolder();
  ({ session, run } = await openSmallRun(folder));
});
afterEach(() => session.close());

test('the log is told newest first, and what of it can still be undone', async () => {
  const { runId } = run;
  const { operation } = await handlers.moveToTrash({ runId, versions: [version('a')] }, from);
  expect((await handlers.listLog({ runId }, from)).lines).toMatchObject([
    { command: 'trash', versionCount: 1, bytes: 10, result: 'done', operation },
  ]);
  await handlers.undo({ runId, operation }, from);
  const { lines, older } = await handlers.listLog({ runId }, from);
  expect(lines.map((line) => [line.command, line.operation])).toEqual([
    ['undo', null],
    ['trash', null],
  ]);
  expect(older).toBe(0);
});

test('versions are exported to the folder that was chosen, and what of a run is not whole is left out of its seal', async () => {
  const { runId } = run;
  const begun = handlers.exportVersions({ versions: [version('a'), version('b')] }, from);
  expect(await ended(begun)).toMatchObject({ files: 2, to: join(folder, 'copies') });
  expect(readFileSync(join(folder, 'copies/a.pt'), 'utf8')).toBe('bytes of a');
  const sealed = await ended<SealedRun>(handlers.sealRun({ runId }, from));
  expect(sealed.sealed).toBe(0);
  expect(sealed.leftOut.map(({ id }) => id)).toEqual(
    ['a', 'b', 'gone'].map((name) => `best_models/${name}.pt`),
  );
  expect(sealed.leftOut[2]?.why).toBe('the file is not there');
});

/** Another run of the same window. */
async function openOther(name = 'other'): Promise<{ other: OpenRun; model: string; handle: number }> {
  const model = putOldModel(join(folder, name), 'a', 'bytes of another a');
  const other = session.open(join(folder, name));
  await other.manager.look();
  return { other, model, handle: other.handles.handleOf('best_models/a.pt') };
}

test('versions of several runs are exported each to a folder of its run, where names would clash', async () => {
  const { handle } = await openOther();
  const begun = handlers.exportVersions({ versions: [version('a'), handle] }, from);
  expect(await ended(begun)).toMatchObject({ files: 2, to: join(folder, 'copies') });
  expect(readFileSync(join(folder, 'copies/run/a.pt'), 'utf8')).toBe('bytes of a');
  expect(readFileSync(join(folder, 'copies/other/a.pt'), 'utf8')).toBe('bytes of another a');
});

test('runs whose names differ in a slash alone are exported to different folders', async () => {
  const runs = [];
  for (const name of ['p/x', 'q/x', 'p_x']) runs.push(await openOther(name));
  const begun = handlers.exportVersions({ versions: runs.map(({ handle }) => handle) }, from);
  expect(await ended(begun)).toMatchObject({ files: 3 });
  const copies = ['p_x', 'q_x', 'p_x_2'].map((name) => existsSync(join(folder, 'copies', name, 'a.pt')));
  expect(copies).toEqual([true, true, true]);
});

test('where copies of one run cannot be made, it is said which are there already', async () => {
  const { model, handle } = await openOther();
  await rm(model);
  const begun = handlers.exportVersions({ versions: [version('a'), handle] }, from);
  await expect(ended(begun)).rejects.toThrow(/^other: .+ \(1 verified copy of another run is in /);
  expect(existsSync(join(folder, 'copies/run/a.pt'))).toBe(true);
  expect(existsSync(join(folder, 'copies/other'))).toBe(false);
});

test('a report of what verifying found is written where the person wants it', async () => {
  const { runId } = run;
  await session.works.finish(session.verify(runId, null));
  for (const format of ['html', 'json'] as const)
    expect(await handlers.saveReport({ runIds: [runId], format }, from)).toMatchObject({
      written: { label: `run-integrity.${format}` },
    });
  expect(JSON.parse(readFileSync(join(folder, 'run-integrity.json'), 'utf8'))).toMatchObject({
    made_by: 'a test',
    runs: [
      {
        name: 'run',
        versions: 3,
        faults: expect.arrayContaining([
          expect.objectContaining({ id: 'best_models/gone.pt', state: 'missing' }),
        ]),
      },
    ],
  });
  const page = readFileSync(join(folder, 'run-integrity.html'), 'utf8');
  expect(page).toContain('best_models/gone.pt');
  // The ending is put to a name after the person was asked: nobody may have agreed to lose what has it.
  await expect(handlers.saveReport({ runIds: [runId], format: 'html' }, from)).rejects.toThrow(
    'there already',
  );
  expect(readFileSync(join(folder, 'run-integrity.html'), 'utf8')).toBe(page);
});
