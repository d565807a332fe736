import { expect, test } from 'vitest';
import { firstNamed, versionNames } from './name-versions.ts';

const there = [
  { id: 'best_models/a.pt', number: 7 },
  { id: 'checkpoints/b.pt', number: null },
  { id: 'best_models/c.pt', number: 9 },
];
const names = versionNames({
  list: () => there,
  listed: (id: string) => there.find((each) => each.id === id),
} as unknown as Parameters<typeof versionNames>[0]);

test('versions are named by their number, those that are gone by what their names say', () => {
  expect(names('best_models/a.pt')).toEqual({ id: 'best_models/a.pt', version: 7 });
  expect(names('checkpoints/b.pt')).toEqual({ id: 'checkpoints/b.pt', version: null });
  expect(names('best_models/model_v0003_reward0.1000.pt')).toMatchObject({ version: 3 });
  expect(names('best_models/model_v0004_reward0.1000_20260302_103000/model.pt')).toMatchObject({
    version: 4,
  });
});

test('a version whose number another one has that is there is named as a twin', () => {
  expect(names('best_models/model_v0009.pt')).toMatchObject({ version: 9, twin: true });
  expect(names('best_models/c.pt')).not.toHaveProperty('twin');
});

test('a version without a number whose name another one has that is there is named as a twin', () => {
  expect(names('away/b.pt')).toEqual({ id: 'away/b.pt', version: null, twin: true });
  expect(names('checkpoints/b.pt')).not.toHaveProperty('twin');
  expect(names('away/d.pt')).not.toHaveProperty('twin');
});

test('the first twenty versions of a record are named', () => {
  const ids = Array.from({ length: 30 }, (_, number) => `model_v${number}.pt`);
  expect(firstNamed(ids, names)).toHaveLength(20);
});
