import { expect, test } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { chartMeasures } from '../charts/chart-measures.ts';
import { measureOptions } from '../charts/measure-options.ts';
import { RunStore } from '../versions/run-store.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { hyperparameterMeasures, whatIsMissing } from './hyperparameter-measures.ts';
import { RunHyperparameters } from './run-hyperparameters.ts';

async function found(...names: string[]): Promise<RunHyperparameters> {
  const request = async (name: string) =>
    name === 'listVersions'
      ? { ok: false, failure: { code: 'ModelManager', message: 'gone', path: null } }
      : {
          ok: true,
          value: { found: names.map((each) => ({ name: each, source: 'sidecar', varies: true })) },
        };
  const store = new RunStore('run', request as Bridge['request'], (flush) => flush());
  await store.load();
  const run = new RunHyperparameters(store, request as Bridge['request']);
  await run.find();
  return run;
}

const put = (run: RunHyperparameters, name: string, values: (number | string)[]) => {
  const words = values.filter((value) => typeof value === 'string');
  run.column(name).put([...values.keys()], {
    codes: Uint16Array.from(values, (value) => (typeof value === 'string' ? 2 + words.indexOf(value) : 1)),
    numbers: Float64Array.from(values, (value) => (typeof value === 'string' ? Number.NaN : value)),
    words,
  });
};

test('numbers are measured as numbers, words by their places, whatever they say made visible', async () => {
  const run = await found('lr', 'act\u202e');
  put(run, 'lr', [0.1, 0.2]);
  put(run, 'act\u202e', ['tanh', 'relu']);
  const [lr, act] = hyperparameterMeasures(run);
  expect([lr?.scale, lr?.of(aRow(1)), lr?.words?.()]).toEqual(['number', 0.2, []]);
  expect([act?.label, act?.scale, act?.of(aRow(0)), act?.format(1)]).toEqual([
    'act[U+202E]',
    'text',
    1,
    'tanh',
  ]);
  expect(act?.words?.()).toEqual(['relu', 'tanh']);
  expect([act?.format(Number.NaN), act?.of(aRow(7))]).toEqual(['–', null]);
});

test('words stay as files have them, whatever numbers are in them', async () => {
  const run = await found('trick');
  put(run, 'trick', ['clip=-1,x=-2', '-0.5', -3]);
  const [trick] = hyperparameterMeasures(run);
  const words = ['-3', '-0.5', 'clip=-1,x=-2'];
  expect(trick?.words?.().toSorted()).toEqual(words.toSorted());
  expect(trick?.words?.().map((_, place) => trick.format(place))).toEqual(trick?.words?.());
});

test('they are offered apart from what versions came to', async () => {
  const metrics = chartMeasures([], [{ name: 'reward', mode: 'max', source: 'config' }]);
  const options = measureOptions([...metrics, ...hyperparameterMeasures(await found('lr'))], 'by ');
  expect(options.at(-1)).toEqual({
    group: 'Hyperparameters',
    items: [{ value: 'hyperparameter:lr', label: 'by lr' }],
  });
  expect(measureOptions(metrics)).toHaveLength(metrics.length);
});

test('of how many versions it is known is said, where that is not all', async () => {
  const run = await found('lr');
  const [lr] = hyperparameterMeasures(run);
  const say = (values: number[]) => lr && whatIsMissing(lr, run.column('lr'), Float64Array.from(values), 3);
  expect(say([1, 2, 3])).toBeNull();
  expect(say([1, Number.NaN, 3])).toBe(
    'lr is known of 2 of 3 versions; a range of it leaves out the others.',
  );
  expect(say([])).toBe('lr is not known of any version.');
  put(
    run,
    'lr',
    Array.from({ length: 40 }, (_, index) => `text ${index}`),
  );
  expect(say([1, 2, 3])).toBe('lr has too many different texts for an axis.');
});
