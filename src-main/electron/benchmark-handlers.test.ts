import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Benchmarked, ShownBenchmark } from '../../shared/ipc/benchmark-contract.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../core/formats/fixtures/write-torch.ts';
import { createBenchmarkHandlers } from './benchmark-handlers.ts';
import type { OpenRun } from './open-run.ts';
import { endOf, from, openRunIn } from './small-run.fixture.ts';
import { createTrashHandlers } from './trash-handlers.ts';
import type { WindowSession } from './window-session.ts';

const command = 'eval.sh {model} --seed {seed}';
const script = `#!/bin/sh
case "$1" in *b.pt) [ "$3" = 1 ] && { echo "no such market" >&2; exit 3; };; esac
env > "$(dirname "$0")/environment"
echo "{\\"score\\": $3}"
`;

let folder: string;
let session: WindowSession;
let run: OpenRun;
let asked: (readonly string[])[];
let mayRun: boolean;
let handlers: ReturnType<typeof createBenchmarkHandlers>;

const version = (name: string) => run.handles.handleOf(`best_models/${name}.pt`);
const sidecar = (name: string) => join(folder, `run/best_models/${name}.json`);
const shown = async () => {
  const { json } = await handlers.showBenchmark({ runId: run.runId }, from);
  return JSON.parse(json ?? 'null') as ShownBenchmark | null;
};
const read = (text: string, seedCount = 1, episodes: number | null = null) =>
  handlers.readEvaluator(
    { runId: run.runId, version: version('a'), command: text, seed: 0, seedCount, episodes },
    from,
  );
const start = async (text = command, seeds = [0, 1]) => {
  const { words } = await read(text, seeds.length);
  const order = { seeds, episodes: null, jobs: 1, timeout: 60, retries: 0, again: false };
  const parts = [{ runId: run.runId, versions: [version('a'), version('b')] }];
  const { taskId } = await handlers.startBenchmark({ parts, command: text, words, ...order }, from);
  return { taskId: taskId ?? '' };
};
const ended = (begun: { taskId: string | null }) => endOf<Benchmarked | null>(session, begun);

beforeEach(async () => {
  folder = temporaryFolder();
  for (const [name, value] of [
    ['a', 1],
    ['b', 2],
  ] as const) {
    put(folder, `run/best_models/${name}.pt`, writeTorchZip([value]));
    put(folder, `run/best_models/${name}.json`, `{"reward": ${value}, "metrics": {}}`);
  }
  chmodSync(put(folder, 'here/eval.sh', script), 0o700);
  ({ session, run } = await openRunIn(folder));
  asked = [];
  mayRun = true;
  handlers = createBenchmarkHandlers(
    () => session,
    join(folder, 'here'),
    async (_from, words) => {
      asked.push(words);
      return mayRun;
    },
  );
});
afterEach(() => session.close());

test('a command is shown as the words that are run, in the folder that its files are looked for in', async () => {
  expect(await read(`./eval.sh "two words" {model} '{seed}'`, 2)).toEqual({
    words: [join(folder, 'here/eval.sh'), 'two words', '{model}', '{seed}'],
    first: [join(folder, 'here/eval.sh'), 'two words', join(folder, 'run/best_models/a.pt'), '0'],
    names: ['model', 'seed'],
    here: join(folder, 'here'),
    fault: null,
  });
});

test.each([
  ['python "eval.py', 1, /a quote " is not closed/],
  ['python eval.py', 1, /does not get the model/],
  ['python eval.py {modle}', 1, /“\{modle\}” stands for nothing/],
  ['python eval.py {model}', 2, /takes no seed/],
])('what is wrong with %j is said', async (text, seeds, fault) => {
  expect((await read(text, seeds)).fault).toMatch(fault);
});

test('how many episodes is asked of a command that has them, and of no other', async () => {
  expect((await read('eval {model}', 1, 20)).fault).toBeNull();
  expect((await read('eval {model} {episodes}', 1, 20)).fault).toBeNull();
  const { fault } = await read('eval {model} {episodes}');
  expect(fault).toMatch(/nothing says how many/);
  expect(fault).not.toContain('--');
});

test('each version is measured with each seed; progress, failures and values are told, sidecars change and can be undone', async () => {
  put(folder, 'here/eval.sh', script);
  const before = readFileSync(sidecar('a'), 'utf8');
  expect(await shown()).toBeNull();
  const text = `./${command}`;
  const benchmarked = await ended(await start(text));
  expect(benchmarked).toMatchObject({
    measured: 2,
    recorded: 1,
    operations: [{ operation: expect.any(String) }],
  });
  expect(await shown()).toMatchObject({
    command: text,
    state: 'done',
    subjects: [
      {
        version: version('a'),
        done: 2,
        failed: 0,
        values: {
          score: [
            [0, 0],
            [1, 1],
          ],
        },
        unrecorded: null,
      },
      {
        version: version('b'),
        done: 2,
        failed: 1,
        failure: 'seed 1: it ended with code 3: no such market',
        values: { score: [[0, 0]] },
        unrecorded: 'not all of its runs succeeded',
      },
    ],
  });
  expect(JSON.parse(readFileSync(sidecar('a'), 'utf8'))).toMatchObject({ metrics: { bench_score: 0.5 } });
  const { undo } = createTrashHandlers(() => session);
  await undo({ runId: run.runId, operation: benchmarked?.operations[0]?.operation ?? '' }, from);
  expect(readFileSync(sidecar('a'), 'utf8')).toBe(before);
});

test('a command that is not what was shown is not run', async () => {
  const order = { seeds: [0], episodes: null, jobs: 1, timeout: 60, retries: 0, again: false };
  const { words } = await read('sh -c "touch ../no" sh {model} other.sh');
  put(folder, 'here/other.sh', '');
  const parts = [{ runId: run.runId, versions: [version('a')] }];
  await expect(
    handlers.startBenchmark(
      { parts, command: 'sh -c "touch ../no" sh {model} other.sh', words, ...order },
      from,
    ),
  ).rejects.toThrow(/came or went since it was shown/);
  expect(asked).toEqual([]);
  expect(await shown()).toBeNull();
});

test('one benchmark of a run at a time; cancelled it ends its processes, and says so', async () => {
  const marker = join(folder, 'begun');
  writeFileSync(join(folder, 'here/slow.sh'), `#!/bin/sh\necho $$ > ${marker}\nexec sleep 600\n`, {
    mode: 0o700,
  });
  const begun = await start('./slow.sh {model} {seed}');
  await expect
    .poll(() => existsSync(marker) && readFileSync(marker, 'utf8'), { timeout: 15_000 })
    .toMatch(/\d/);
  await expect(start('./slow.sh {model} {seed}')).rejects.toThrow(/one of this run is under way/);
  session.cancel(begun.taskId);
  await expect(start('./slow.sh {model} {seed}')).rejects.toThrow(/one of this run is under way/);
  expect(await ended(begun)).toBeNull();
  expect(await shown()).toMatchObject({ state: 'cancelled', message: null });
  expect(existsSync(`/proc/${readFileSync(marker, 'utf8').trim()}`)).toBe(false);
});

test('an evaluator gets nothing of what Electron keeps in its environment', async () => {
  process.env['ELECTRON_RUN_AS_NODE'] = '1';
  try {
    await ended(await start(`./${command}`, [0]));
  } finally {
    delete process.env['ELECTRON_RUN_AS_NODE'];
  }
  const environment = readFileSync(join(folder, 'here/environment'), 'utf8');
  expect(environment).toMatch(/^CAIRN_JOB=/m);
  expect(environment).not.toMatch(/ELECTRON/);
});

test('versions of two runs are measured in one go, and each run gets its own; closing either ends it', async () => {
  put(folder, 'other/best_models/c.pt', writeTorchZip([3]));
  put(folder, 'other/best_models/c.json', '{"reward": 3, "metrics": {}}');
  const other = session.open(join(folder, 'other'));
  await other.manager.look();
  const typed = `./${command}`;
  const { words } = await read(typed, 2);
  const order = { seeds: [0, 1], episodes: null, jobs: 1, timeout: 60, retries: 0, again: false };
  const parts = [
    { runId: run.runId, versions: [version('a')] },
    { runId: other.runId, versions: [other.handles.handleOf('best_models/c.pt')] },
  ];
  const benchmarked = await ended(
    await handlers.startBenchmark({ parts, command: typed, words, ...order }, from),
  );
  expect(benchmarked).toMatchObject({ measured: 2, recorded: 2 });
  expect(benchmarked?.operations.map(({ runId }) => runId)).toEqual([run.runId, other.runId]);
  expect(JSON.parse(readFileSync(sidecar('a'), 'utf8')).metrics).toEqual({ bench_score: 0.5 });
  const own = join(folder, 'other/best_models/c.json');
  expect(JSON.parse(readFileSync(own, 'utf8')).metrics).toEqual({ bench_score: 0.5 });
  expect((await shown())?.subjects.map(({ runId }) => runId)).toEqual([run.runId, other.runId]);

  writeFileSync(join(folder, 'here/slow.sh'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o700 });
  const slow = './slow.sh {model} {seed}';
  const again = { parts, command: slow, words: (await read(slow, 2)).words, ...order };
  const begun = await handlers.startBenchmark(again, from);
  session.closeRun(other.runId);
  expect(await ended(begun)).toBeNull();
  expect(await shown()).toMatchObject({ state: 'cancelled' });
});

test('words that a person does not confirm where no page can reach are not run', async () => {
  mayRun = false;
  expect(await start(`./${command}`)).toEqual({ taskId: '' });
  expect(asked).toEqual([[join(folder, 'here/eval.sh'), '{model}', '--seed', '{seed}']]);
  expect(await shown()).toBeNull();
  expect(existsSync(join(folder, 'here/environment'))).toBe(false);
});
