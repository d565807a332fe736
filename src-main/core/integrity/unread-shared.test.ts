import { utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { lookAt } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { UnreadShared } from './unread-shared.ts';

const id = 'CartPole-v1/vecnormalize.pkl';

function aFile() {
  const path = put(temporaryFolder(), id, 'bytes');
  const read = (state: 'unreadable' | 'unsealed', detail: string | null) => {
    return { id, identity: lookAt(path), recorded: null, integrity: bareIntegrity(state, detail) };
  };
  return { path, read, files: new Map([[id, path]]) };
}

test('what reading the whole of a file failed at is told until the file is another, or is read', () => {
  const { path, read, files } = aFile();
  const unread = new UnreadShared();
  const failed = read('unreadable', 'it cannot be read: the disk reports a read error');
  const told = [
    { path: id, problem: 'models here go with it, and it cannot be read: the disk reports a read error' },
  ];
  unread.look(files);
  expect(unread.problems).toEqual([]);
  unread.take(failed);
  unread.look(files);
  expect(unread.problems).toEqual(told);
  unread.take(read('unsealed', null));
  expect(unread.problems).toEqual([]);
  unread.take(failed);
  utimesSync(path, 5, 5);
  unread.look(files);
  expect(unread.problems).toEqual([]);
});

test('one that is not there any more is told no more', () => {
  const { read, files } = aFile();
  const unread = new UnreadShared();
  unread.look(files);
  unread.take(read('unreadable', 'it cannot be read: no permission'));
  unread.look(new Map());
  expect(unread.problems).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'a look alone tells that the beginning of a file cannot be read',
  () => {
    const unread = new UnreadShared();
    unread.look(new Map([[id, '/proc/self/mem']]));
    expect(unread.problems).toMatchObject([{ path: id, problem: expect.stringContaining('read error') }]);
  },
);
