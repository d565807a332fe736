import { expect, test } from 'vitest';
import { emptyContents, plainContents } from '../formats/empty-contents.ts';
import { describeInspection } from './describe-inspection.ts';
import { nothingAround } from './gather-settings.ts';
import type { Inspection } from './inspect-file.ts';

const missing = '1,000 bytes: the end of the archive is missing';
const inspection: Inspection = {
  contents: { ...emptyContents('torch-zip', [missing]), metrics: { loss: 0.5 } },
  optimizer: null,
  fileSize: 1000,
  bytesRead: 10,
  state: null,
  assertUnchanged: async () => {},
  close: async () => {},
};
const describeBeside = (sidecar: { [key: string]: number } | null) =>
  describeInspection('a.pt', inspection, [], { ...nothingAround, sidecar });

test('what training measured is told as it stands in the file', () => {
  expect(describeBeside(null).metrics).toEqual({ loss: 0.5 });
});

test('a torn file is told with the size that its sidecar has', () => {
  const both = '1,000 of 2,500 bytes: the end of the archive is missing';
  expect(describeBeside({ file_size_bytes: 2500 })).toMatchObject({ problems: [both], unread: [both] });
  expect(describeBeside({ file_size: 2500 }).problems).toEqual([both]);
  expect(describeBeside({ file_size_bytes: 1000 }).problems).toEqual([missing]);
  expect(describeBeside(null)).toMatchObject({ problems: [missing], trust: 'runs-code' });
});

test('what a config has Hydra call is told, and never called', () => {
  const config = {
    _target_: 'os.system',
    _args_: ['id'],
    optimizer: { _target_: 'torch.optim.Adam', lr: 1 },
  };
  const hydra = { config, overrides: null };
  const { targets, problems } = describeInspection('a.pt', inspection, [], {
    ...nothingAround,
    hydra,
  });
  expect(targets).toEqual(['os.system', 'torch.optim.Adam']);
  expect(problems).toEqual([missing]);
});

test('a file of no known format is never told to be tensors alone', () => {
  const contents = plainContents('unknown', ['not a checkpoint']);
  expect(describeInspection('a.txt', { ...inspection, contents }).trust).toBe('runs-code');
});
