import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { from } from './small-run.fixture.ts';
import { WindowSession } from './window-session.ts';
import { createWorkspaceHandlers } from './workspace-handlers.ts';

vi.setConfig({ testTimeout: 60_000 });

let session: WindowSession;
let workspace: OpenWorkspace;
let root: string;
const handlers = createWorkspaceHandlers(() => session, {
  open: () => '',
  copy: () => undefined,
  reveal: () => undefined,
});

beforeEach(async () => {
  root = temporaryFolder();
  for (const index of [1, 2, 3]) {
    const run = join(root, `run_${index}`);
    put(run, 'args.json', JSON.stringify({ seed: 7, batch_size: 32 * index }));
    const sidecar = {
      hyperparameters: { lr: index / 10, gamma: 0.99 },
      training_state: { global_step: index },
    };
    saveModel(run, 1, { sidecar });
  }
  session = new WindowSession(from, temporaryFolder());
  workspace = session.openWorkspace(root);
  await vi.waitFor(() => expect(workspace.summarise().state).toBe('done'), { timeout: 30_000 });
});
afterEach(() => session.close());

const ask = (runs: number[]) => handlers.readRunSettings({ workspaceId: workspace.workspaceId, runs }, from);
const numberOf = (path: string) => workspace.list(0).rows.find((row) => row.path === path)?.handle ?? -1;

test('of runs it is told in what they differ of what they were trained with, and not how far they had come', async () => {
  const { names, columns } = await ask([1, 2, 3].map((index) => numberOf(`run_${index}`)));
  expect([...names].sort()).toEqual(['batch_size', 'learning_rate']);
  expect(columns[names.indexOf('learning_rate')]?.numbers).toEqual(Float64Array.of(0.1, 0.2, 0.3));
  expect(columns[names.indexOf('batch_size')]?.numbers).toEqual(Float64Array.of(32, 64, 96));
});

test('in whose place a link came of that run nothing is read', async () => {
  const runs = [1, 2, 3].map((index) => numberOf(`run_${index}`));
  rmSync(join(root, 'run_2'), { recursive: true });
  symlinkSync(join(root, 'run_1'), join(root, 'run_2'));
  const { names, columns } = await ask(runs);
  expect([...(columns[names.indexOf('learning_rate')]?.codes ?? [])]).toEqual([1, 0, 1]);
});

test('of several runs those that can be opened are, and each that cannot is named', async () => {
  const runs = [1, 2, 3].map((index) => numberOf(`run_${index}`));
  rmSync(join(root, 'run_1'), { recursive: true });
  rmSync(join(root, 'run_3'), { recursive: true });
  const { workspaceId } = workspace;
  const { openedIds, failures } = await handlers.openWorkspaceRuns({ workspaceId, runs }, from);
  expect(openedIds).toEqual([null, session.runs()[0]?.runId, null]);
  expect(failures.map(({ message }) => message.split(' — ')[0])).toEqual([
    'cannot open run_1',
    'cannot open run_3',
  ]);
});
