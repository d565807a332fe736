import { expect, test } from 'vitest';
import { benchmarkRequests } from './benchmark-contract.ts';

const numbers = (length: number) => Array.from({ length }, (_, index) => index);
const accepts = (versions: number, seeds: number) =>
  benchmarkRequests.startBenchmark.input.safeParse({
    parts: [
      { runId: '0f'.repeat(16), versions: numbers(Math.ceil(versions / 2)) },
      { runId: '1f'.repeat(16), versions: numbers(Math.floor(versions / 2)) },
    ],
    command: 'eval {model} {seed}',
    words: ['eval', '{model}', '{seed}'],
    seeds: numbers(seeds),
    episodes: null,
    jobs: 1,
    timeout: 60,
    retries: 0,
    again: false,
  }).success;

test('the number of evaluations is limited, however many versions and seeds they are of', () => {
  expect([accepts(100_000, 1), accepts(10, 10_000), accepts(20_000, 5)]).toEqual([true, true, true]);
  expect([accepts(100_001, 1), accepts(11, 10_000)]).toEqual([false, false]);
});
