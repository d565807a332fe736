import { cpSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnewRequest, ConvertedFile, ForeseenFile } from '../../shared/ipc/convert-contract.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createConvertHandlers } from './convert-handlers.ts';
import type { OpenRun } from './open-run.ts';
import { from, openRunIn } from './small-run.fixture.ts';
import type { WindowSession } from './window-session.ts';

const sample = join(import.meta.dirname, '../../build/sample-run/run');
const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const way = { act: 'convert', to: 'safetensors', slim: false } as const;

let folder: string;
let session: WindowSession;
let run: OpenRun;
let target: string | null;
let asked: string[];
const handlers = createConvertHandlers(
  () => session,
  async (_from, title, suggested, format) => {
    asked.push(title, suggested, format);
    return target;
  },
);

beforeEach(async () => {
  folder = temporaryFolder();
  cpSync(sample, join(folder, 'run'), { recursive: true });
  ({ session, run } = await openRunIn(folder));
  [target, asked] = [join(folder, 'new.safetensors'), []];
});
afterEach(() => session.close());

async function result<T>({ taskId }: { taskId: string | null }): Promise<T> {
  return JSON.parse((await session.works.finish(taskId ?? '')) ?? 'null') as T;
}

const requestFor = (id = best) => ({ ownerId: run.runId, member: run.handles.handleOf(id), ...way });
const foresee = async (request: AnewRequest) =>
  result<ForeseenFile>(await handlers.foreseeConversion(request, from));
const convert = async (request: AnewRequest) =>
  result<ConvertedFile>(await handlers.convertCheckpoint(request, from));

test('what comes out is foreseen, then written where the person says', async () => {
  const before = readFileSync(join(folder, 'run', best));
  expect(await foresee(requestFor())).toMatchObject({
    tensors: 8,
    leftOut: ['optimizer_state_dict'],
    leftOutCount: 1,
    problems: [],
  });
  expect(readdirSync(folder)).not.toContain('new.safetensors');
  const converted = await convert(requestFor());
  expect(converted).toMatchObject({ label: 'new.safetensors', tensors: 8, leftOutCount: 1 });
  expect(asked).toEqual([
    'Convert a checkpoint',
    'model_v0011_reward0.4346_20260302_114200.safetensors',
    'safetensors',
  ]);
  expect(readFileSync(join(folder, 'run', best)).equals(before)).toBe(true);
  expect(session.written.pathOf(converted.writtenId)).toBe(target);
});

test('of a torn version what would be refused is said, and what is left is written, under a name that says so', async () => {
  truncateSync(join(folder, 'run', best), 20_000);
  await expect(foresee(requestFor())).rejects.toThrow('cairn repair writes what is left of it');
  const repair = { ...requestFor(), act: 'repair' } as const;
  expect((await foresee(repair)).tensors).toBeGreaterThan(0);
  expect((await convert(repair)).tensors).toBeGreaterThan(0);
  expect(asked[1]).toBe('model_v0011_reward0.4346_20260302_114200-repaired.safetensors');
});

test('a checkpoint without a run is converted too; a file that is there is left, and who thinks better of it has nothing', async () => {
  const { checkpointId } = session.openCheckpoint(join(folder, 'run', best));
  const request = { ownerId: checkpointId, member: null, ...way, slim: true, to: 'pt' } as const;
  target = join(folder, 'new.pt');
  await convert(request);
  await expect(convert(request)).rejects.toThrow('a file of that name is there already');
  target = null;
  expect(await handlers.convertCheckpoint(request, from)).toEqual({ taskId: null });
});
