import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { SettingsThread } from './settings-thread.ts';

/** Stands in for the real thread: hangs over files whose names say so, or takes memory without end. */
const mortal = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ paths, at }) => {
    for (const [index, path] of paths.entries()) {
      Atomics.store(at, 0, index);
      if (path?.includes('spin')) for (;;);
      if (path?.includes('grow')) for (const all = []; ; ) all.push(Array(1e5).fill(all.length));
    }
    parentPort.postMessage(paths);
  });`;
const worker = vi.hoisted(() => ({ mortal: false }));
vi.mock('../workers/worker-url.ts', async (original) => {
  const { workerUrl } = await original<typeof import('../workers/worker-url.ts')>();
  const stub = () => new URL(`data:text/javascript,${encodeURIComponent(mortal)}`);
  return { workerUrl: (name: string) => (worker.mortal ? stub() : workerUrl(name)) };
});

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

test('a file over which the thread would hang or grow says nothing, and keeps no other from it', async () => {
  worker.mortal = true;
  onTestFinished(() => {
    worker.mortal = false;
  });
  const limited = new SettingsThread({ memory: 16, time: 800 });
  onTestFinished(() => limited.close());
  const asked = ['/a.pt', '/spin.pt', '/b.pt', '/grow.pt', null, '/c.pt'];
  const told = ['/a.pt', null, '/b.pt', null, null, '/c.pt'];
  expect(await limited.names(asked)).toEqual(told);
  // They are not tried again at once.
  const began = performance.now();
  expect(await limited.names(asked)).toEqual(told);
  expect(performance.now() - began).toBeLessThan(800);
  const many = Array.from({ length: 20 }, (_, index) => `/spin-${index}.pt`);
  await expect(limited.names(many)).rejects.toThrow('was stopped over one file after another');
});
