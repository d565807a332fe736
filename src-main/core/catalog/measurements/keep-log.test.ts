import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { keepLog } from './keep-log.ts';
import { logFileOf } from './log-file.ts';
import { csvOf } from './write-logs.fixture.ts';

const file = logFileOf('', 'progress.csv', 'table');
const text = csvOf(['step', 'a'], [1, 2], [2, 3]);

test('of the logs of a run so many bytes are read, and so many numbers are kept: others are problems in one line', async () => {
  const run = temporaryFolder();
  put(run, 'progress.csv', text);
  const enough = { bytes: text.length, numbers: 4 };
  const kept = await keepLog(run, file, 'state', enough);
  expect(kept).toMatchObject({ state: 'state', cost: enough, problems: [] });
  for (const room of [
    { ...enough, bytes: text.length - 1 },
    { ...enough, numbers: 3 },
  ]) {
    const { reading, cost, problems } = await keepLog(run, file, 'state', room);
    const problem =
      'no version has the metrics that it holds: the logs of this run are more than is read of one';
    expect({ reading, cost, problems }).toEqual({
      ...{ reading: null, cost: { bytes: 0, numbers: 0 } },
      problems: [{ path: 'progress.csv', problem }],
    });
  }
});
