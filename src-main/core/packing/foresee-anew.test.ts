import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { weight } from './pickled-item.fixture.ts';
import { torchSource } from './torch-source.ts';
import { tensorOf } from './torch-value.ts';
import { type Anew, foreseeAnew, writeAnew } from './write-anew.ts';
import { foreseeInThread, writeInThread } from './write-anew-in-thread.ts';

async function aCheckpoint(): Promise<{ folder: string; path: string }> {
  const folder = temporaryFolder();
  const path = join(folder, 'model.pt');
  const parts: Uint8Array[] = [];
  const value = {
    model_state_dict: { w: tensorOf(weight, [2, 3]) },
    optimizer_state_dict: { state: { 0: { step: tensorOf(new Float32Array(40)) } }, param_groups: [] },
  };
  for await (const part of torchSource(value).chunks) parts.push(part);
  writeFileSync(path, Buffer.concat(parts));
  return { folder, path };
}

const ways: Anew[] = [{ act: 'convert' }, { act: 'convert', slim: true }];

test.each(ways)('what is foreseen of %j is what is written, and nothing is written for it', async (anew) => {
  const { folder, path } = await aCheckpoint();
  const foreseen = await foreseeAnew(path, '.safetensors', anew);
  expect(readdirSync(folder)).toEqual(['model.pt']);
  expect(await writeAnew(realDisk, path, join(folder, 'new.safetensors'), anew)).toMatchObject(foreseen);
});

test('what would be refused is refused when it is foreseen', async () => {
  const { path } = await aCheckpoint();
  await expect(foreseeAnew(path, '.pt', { act: 'repair' })).rejects.toThrow('nothing of it is missing');
  truncateSync(path, statSync(path).size - 100);
  await expect(foreseeAnew(path, '.pt', { act: 'convert' })).rejects.toThrow('cannot convert');
});

test('how far it is, is told in bytes that are read, then in those that are written', async () => {
  const { folder, path } = await aCheckpoint();
  let bytes = 0;
  const written = await writeAnew(
    realDisk,
    path,
    join(folder, 'new.pt'),
    { act: 'convert' },
    {
      onBytes: (more) => {
        bytes += more;
      },
    },
  );
  expect(bytes).toBe(statSync(path).size + written.bytes);
});

test('in a thread the same is foreseen and written, and refused in the same words', async () => {
  const { folder, path } = await aCheckpoint();
  const out = join(folder, 'new.pt');
  const foreseen = await foreseeInThread(path, '.pt', { act: 'convert' });
  expect(foreseen).toEqual(await foreseeAnew(path, '.pt', { act: 'convert' }));
  const written = await writeInThread(path, out, { act: 'convert' });
  expect(written).toMatchObject({ ...foreseen, path: out, bytes: readFileSync(out).length });
  await expect(writeInThread(path, out, { act: 'convert' })).rejects.toMatchObject({
    code: 'Usage',
    message: expect.stringContaining('a file of that name is there already'),
  });
});

test('work in a thread that is cancelled leaves nothing, and throws the reason', async () => {
  const { folder, path } = await aCheckpoint();
  const stop = new AbortController();
  const writing = writeInThread(path, join(folder, 'new.pt'), { act: 'convert' }, { signal: stop.signal });
  // It has been asked, and has not begun.
  stop.abort(new Error('stopped'));
  await expect(writing).rejects.toThrow('stopped');
  expect(readdirSync(folder)).toEqual(['model.pt']);
  await expect(
    foreseeInThread(path, '.pt', { act: 'convert' }, { signal: AbortSignal.abort(new Error('early')) }),
  ).rejects.toThrow('early');
});
