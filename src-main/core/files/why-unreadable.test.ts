import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLookAt } from './file-identity.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';
import { whyUnreadable } from './why-unreadable.ts';

const why = (path: string) => whyUnreadable(path, tryLookAt(path));

test('a file that can be read, an empty one, and what is no file has no reason', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'inner'));
  symlinkSync('inner', join(folder, 'link'));
  const whole = [put(folder, 'a.pkl', 'bytes'), put(folder, 'empty.pkl', '')];
  for (const path of [...whole, join(folder, 'inner'), join(folder, 'link'), join(folder, 'none')])
    expect(why(path)).toBeNull();
});

test.runIf(process.platform === 'linux')('that the disk fails to read is told', () => {
  // The first page of a process is nobody's to read: the kernel answers EIO, as it does for a disk.
  expect(why('/proc/self/mem')).toBe('the disk reports a read error');
});

test('why nothing is known of a name is told', () => {
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  expect(whyUnreadable('/run/CartPole-v1/vecnormalize.pkl', denied)).toBe('no permission');
});
