import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noReturnFacts } from '../../shared/model/run-choices.ts';
import { benchmark } from '../core/benchmark/benchmark-run.fixture.ts';
import { functionEvaluator } from '../core/benchmark/evaluator.ts';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { ModelManager } from '../core/model-manager.ts';
import { createChoiceHandlers } from './choice-handlers.ts';
import type { OpenRun } from './open-run.ts';
import { WindowSession } from './window-session.ts';

const sent: [string, unknown][] = [];
const from = {
  isDestroyed: () => false,
  send: (channel: string, event: unknown) => sent.push([channel, event]),
} as unknown as WebContents;

let session: WindowSession;
let run: OpenRun;
let ids: string[];
const handlers = createChoiceHandlers(() => session);

beforeEach(async () => {
  sent.length = 0;
  const folder = temporaryFolder();
  ids = [
    { mean_reward: 3, loss: 0.5 },
    { mean_reward: 2, loss: 0.1 },
  ].map((metrics, index) => saveModel(join(folder, 'run'), index + 1, { sidecar: { metrics } }));
  session = new WindowSession(from, folder);
  run = session.open(join(folder, 'run'));
  await run.manager.look();
});
afterEach(() => session.close());

test('a chosen metric and direction are on disk, in the summary, and decide the best', async () => {
  const { runId } = run;
  await handlers.chooseMetric({ runId, metric: 'loss' }, from);
  expect(run.summarise()).toMatchObject({
    metric: { name: 'loss', mode: 'min', source: 'chosen' },
    configuredMetric: { name: 'mean_reward', source: 'default' },
    choices: { metric: 'loss' },
  });
  expect(await handlers.judgeBest({ runId }, from)).toMatchObject({
    judgement: { best: ids[1], candidates: 2, next: { id: ids[0] } },
    next: run.handles.handleOf(ids[0] ?? ''),
    resumes: null,
  });
  await handlers.setDirection({ runId, metric: 'loss', mode: 'max' }, from);
  expect((await handlers.judgeBest({ runId }, from)).judgement.best).toBe(ids[0]);
  const returns = { ...noReturnFacts, periods: 250 };
  await handlers.describeReturns({ runId, returns }, from);
  expect(JSON.parse(readFileSync(join(run.manager.root, '.cairn/choices.json'), 'utf8'))).toEqual({
    format: 1,
    metric: 'loss',
    directions: [{ metric: 'loss', mode: 'max' }],
    returns,
  });
});

test('what another process chose is in the window once it looks', async () => {
  const other = new ModelManager(run.manager.root);
  await other.choose((choices) => ({ ...choices, metric: 'loss' }));
  other.close();
  run.manager.reconcile();
  await expect.poll(() => run.summarise().metric.name, { timeout: 10_000 }).toBe('loss');
  await expect
    .poll(() => sent.findLast(([channel]) => channel === 'cairn:runChanged')?.[1], { timeout: 10_000 })
    .toMatchObject({ metric: { name: 'loss' } });
  expect(run.manager.version(ids[1] ?? '')?.is_best).toBe(true);
});

test('that a benchmark measured versions otherwise is told of those that are shown alone', async () => {
  const { runId, manager, handles: handed } = run;
  for (const [index, id] of ids.entries()) {
    const evaluator = functionEvaluator(`eval${index}.py`, () => ({ score: index }));
    await benchmark(manager.root, { evaluator, ids: [id] });
  }
  await manager.look();
  const warningsOf = async (versions: number[] | null) => {
    const asked = { runIds: [runId], versions, metric: 'bench_score', mode: 'max' as const };
    return (await handlers.warnOfRanking(asked, from)).warnings;
  };
  const [first = -1, second = -1] = ids.map((id) => handed.handleOf(id));
  const said = [expect.stringContaining('not all measured alike')];
  expect(await warningsOf(null)).toEqual(said);
  expect(await warningsOf([second, first])).toEqual(said);
  expect(await warningsOf([first])).toEqual([]);
  expect(await warningsOf([])).toEqual([]);
});

test('a drawdown that is written as a negative number is chosen with the end that its signs tell, and keeps it', async () => {
  for (const [index, max_drawdown] of [-0.4, -0.1].entries())
    saveModel(run.manager.root, index + 3, { sidecar: { metrics: { max_drawdown } } });
  await run.manager.look();
  await handlers.chooseMetric({ runId: run.runId, metric: 'max_drawdown' }, from);
  expect(run.summarise()).toMatchObject({
    metric: { name: 'max_drawdown', mode: 'max', source: 'chosen' },
    choices: { directions: [{ metric: 'max_drawdown', mode: 'max' }] },
    bestValue: -0.1,
  });
});
