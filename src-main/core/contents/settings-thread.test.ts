import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { SettingsThread } from './settings-thread.ts';

const thread = new SettingsThread();
afterEach(() => thread.close());

test('a closed run starts no thread anew: what is still asked of it fails', async () => {
  const folder = temporaryFolder();
  put(folder, 'a.json', '{"hyperparameters": {"gamma": 0.9}}');
  const paths = [join(folder, 'a.pt')];
  expect(await thread.columns(paths, ['gamma'])).toMatchObject([{ numbers: new Float64Array([0.9]) }]);
  const asked = [thread.names(paths), thread.names(paths)];
  thread.close();
  for (const answer of asked) await expect(answer).rejects.toThrow('stopped');
});
