import { expect, test } from 'vitest';
import { type Details, shownDetails } from './shown-details.ts';

const details = (parts: object) =>
  ({
    id: 'a',
    notes: null,
    metrics: { sharpe: 1 },
    training_state: null,
    sidecar: null,
    hydra: null,
    ...parts,
  }) as unknown as Details;
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, key) => [`k${key}`, key]));

test('what is known of a version is shown whole, however many entries it has, while it is short', () => {
  const shown = details({ sidecar: many(20_000), notes: 'n' });
  expect(JSON.parse(shownDetails(shown))).toEqual({ ...shown, cut: [] });
});

test('of a sidecar of megabytes so much is shown as of other values of files, and it is told which parts are cut', () => {
  const notes = 'long '.repeat(400_000);
  const text = shownDetails(details({ sidecar: { ...many(100_000), long: 'x' }, notes }));
  const shown = JSON.parse(text) as Record<string, object>;
  expect(shown['cut']).toEqual(['sidecar']);
  expect(Object.keys(shown['sidecar'] ?? {}).length).toBeLessThan(6000);
  expect(Object.entries(shown['sidecar'] ?? {}).at(-1)).toEqual(['…', '…']);
  expect([shown['metrics'], shown['notes']]).toEqual([{ sharpe: 1 }, notes]);
});
