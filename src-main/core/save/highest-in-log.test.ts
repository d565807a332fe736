import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { highestInLog } from './highest-in-log.ts';

const line = (entry: object) =>
  `${JSON.stringify({ at: '', command: 'save', who: '', ids: [], seconds: 0, result: 'done', ...entry })}\n`;

test.each([1e300, -3, 0.5, 2 ** 60])(
  'what no save could have given, %d, is no version number: the one before counts',
  (version) => {
    const run = temporaryFolder();
    put(run, '.cairn/log.jsonl', line({ version: 7 }) + line({ version }));
    expect(highestInLog(join(run, '.cairn'), defaultStorageConfig)).toBe(7);
  },
);

test('a number that only a name in the log bears counts too', () => {
  const run = temporaryFolder();
  const ids = ['best_models/model_v0012_reward0.1000_20260101_000000.pt'];
  put(run, '.cairn/log.jsonl', line({ version: 7 }) + line({ ids }));
  expect(highestInLog(join(run, '.cairn'), defaultStorageConfig)).toBe(12);
});
