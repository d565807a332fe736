import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { functionEvaluator } from './evaluator.ts';

const order = {
  ...{ model: '/a.pt', id: 'a.pt', run: '/', seed: 0, episodes: null, output: '/none', disk: realDisk },
  timeout: 20_000,
};
const endless = functionEvaluator('endless', () => new Promise<never>(() => undefined));

test('a function that is asked when all is cancelled already is not waited for', async () => {
  const signal = AbortSignal.abort();
  await expect(endless.evaluate({ ...order, signal })).rejects.toThrow('it was cancelled');
});

test('a function that is cancelled meanwhile is no longer waited for; one that is too late neither', async () => {
  const stop = new AbortController();
  const asked = endless.evaluate({ ...order, signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toThrow('it was cancelled');
  await expect(endless.evaluate({ ...order, timeout: 20 })).rejects.toThrow('it took longer than 0.02 s');
});

test('a function without types that gives no object is a failure of its own', async () => {
  const nothing = functionEvaluator('nothing', () => undefined as never);
  await expect(nothing.evaluate(order)).rejects.toThrow('what it gave is no object');
});
