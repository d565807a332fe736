import { expect, onTestFinished, test } from 'vitest';
import type { RunChoices } from '../../shared/model/run-choices.ts';
import type { RetentionRules } from '../../shared/query/plan-retention.ts';
import { saveModel } from './catalog/run.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';
import type { SaveRequest } from './save/save-request.ts';

async function open(): Promise<ModelManager> {
  const run = temporaryFolder();
  for (const version of [1, 2]) saveModel(run, version);
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const rules: RetentionRules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' };

test.each<[string, unknown]>([
  ['keepBest is -1', { ...rules, keepBest: -1 }],
  ['keepLatest is 1.5', { ...rules, keepLatest: 1.5 }],
  ['keepEvery is 0', { ...rules, keepEvery: 0 }],
  ['keepLatest is undefined', { keepBest: 1, kinds: 'best' }],
  ['kinds must be', { ...rules, kinds: 'some' }],
  ['rules must be', null],
])('rules that are none are told as a wrong call, in what, why and what to do: %s', async (why, wrong) => {
  const manager = await open();
  const told = { code: 'Usage', message: expect.stringMatching(`^nothing was pruned — ${why}.* — correct`) };
  await expect(manager.planPrune(wrong as RetentionRules)).rejects.toMatchObject(told);
  await expect(manager.prune(wrong as RetentionRules)).rejects.toMatchObject(told);
  expect(() => manager.simulatePrune(wrong as RetentionRules)).toThrow(expect.objectContaining(told));
});

test.each<[string, unknown]>([
  ['source must have', { file: '/tmp/a.pt' }],
  ['the path of source', { path: 7 }],
  ['the chunks of source', { chunks: 7, size: 1 }],
  ['a folder must be', { folder: 'checkpoint-1' }],
])(
  'a source that is none is told in what, why and what to do, and nothing is saved: %s',
  async (why, source) => {
    const manager = await open();
    const request = { source, reward: 1 } as SaveRequest;
    const told = {
      code: 'ModelValidation',
      message: expect.stringMatching(`^nothing was saved — ${why}.* — correct`),
    };
    await expect(manager.saveBestModel(request)).rejects.toMatchObject(told);
    await expect(manager.saveCheckpoint(request)).rejects.toMatchObject(told);
    await manager.look();
    expect(manager.totals().count).toBe(2);
  },
);

test('a choice that is none is told in what, why and what to do, and changes nothing', async () => {
  const manager = await open();
  const wrong = (choices: RunChoices) => ({ ...choices, metric: { name: 7 } }) as unknown as RunChoices;
  await expect(manager.choose(wrong)).rejects.toMatchObject({
    code: 'ModelValidation',
    message: expect.stringMatching(/^nothing was chosen — metric.* — correct that$/),
  });
  expect(manager.metric.name).toBe('mean_reward');
});
