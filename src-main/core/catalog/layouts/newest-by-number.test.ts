import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { ascii } from '../../formats/fixtures/bytes.ts';
import { writeKeras, writtenHdf5 } from '../../formats/fixtures/hostile-hdf5.ts';
import { ModelManager } from '../../model-manager.ts';

const written = join(import.meta.dirname, '../../../../e2e/fixtures/layouts/tensorflow');
const msgpack = ascii('\x82\xa4step\x05\xa1w\x01');
const keras = writeKeras(writtenHdf5('small'));
const tensorFlow = (name: string) => readFileSync(join(written, name));
const graph = ascii('\x08\x01\x12\x04\x0a\x02\x08\x01');

/** Files of versions as frameworks name them, the newest first; what each of a version is called begins alike. */
const runs: readonly {
  framework: string;
  files: readonly [name: string, bytes: Buffer][];
  latest: string;
}[] = [
  {
    framework: 'Flax',
    files: [
      ['checkpoint_1500', msgpack],
      ['checkpoint_500', msgpack],
    ],
    latest: 'checkpoint_1500',
  },
  {
    framework: 'Keras',
    files: [
      ['weights.10.keras', keras],
      ['weights.05.keras', keras],
    ],
    latest: 'weights.10.keras',
  },
  {
    framework: 'Keras, as TensorFlow counts',
    files: [
      ['ckpt-12.weights.h5', writtenHdf5('small')],
      ['ckpt-9.weights.h5', writtenHdf5('small')],
    ],
    latest: 'ckpt-12.weights.h5',
  },
  {
    framework: 'Orbax',
    files: [
      ['10/_CHECKPOINT_METADATA', ascii('{"item_handlers":{}}')],
      ['9/_CHECKPOINT_METADATA', ascii('{"item_handlers":{}}')],
    ],
    latest: '10/_CHECKPOINT_METADATA',
  },
  {
    framework: 'TensorFlow, by SavedModel',
    files: [
      ['10/saved_model.pb', graph],
      ['9/saved_model.pb', graph],
    ],
    latest: '10/saved_model.pb',
  },
  {
    framework: 'TensorFlow',
    files: [
      ['ckpt-12.index', tensorFlow('ckpt-1.index')],
      ['ckpt-12.data-00000-of-00001', tensorFlow('ckpt-1.data-00000-of-00001')],
      ['ckpt-9.index', tensorFlow('ckpt-1.index')],
      ['ckpt-9.data-00000-of-00001', tensorFlow('ckpt-1.data-00000-of-00001')],
    ],
    latest: 'ckpt-12.index',
  },
];

test.each(runs)(
  'the number in a name tells the newest version of $framework, whenever files were written',
  async ({ files, latest }) => {
    const root = temporaryFolder();
    for (const [index, [name, bytes]] of files.entries()) {
      const time = Date.UTC(2026, 0, 1, index) / 1000;
      utimesSync(put(root, name, bytes), time, time);
    }
    const manager = new ModelManager(root, { appData: temporaryFolder() });
    onTestFinished(() => manager.close());
    await manager.look();
    expect(manager.badges.latest).toBe(latest);
    await manager.readOwnRecords();
    expect(manager.badges.latest).toBe(latest);
    expect(await manager.latest()).toEqual({ id: latest, passedOver: [] });
    expect(manager.version(latest)?.version).toBe(Number(/\d+/.exec(latest)?.[0]));
  },
);

test('a time that a file itself tells goes before the number in its name', async () => {
  const root = temporaryFolder();
  const about = (at: number) => ascii(`{"commit_timestamp_nsecs":${at}000000000}`);
  put(root, '10/_CHECKPOINT_METADATA', about(1_700_000_000));
  put(root, '9/_CHECKPOINT_METADATA', about(1_700_000_001));
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  expect(manager.badges.latest).toBe('9/_CHECKPOINT_METADATA');
});
