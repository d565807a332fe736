import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import type { SaveSource } from './save-request.ts';

const bytes = writeTorchZip([4]);
const model = { chunks: [bytes], size: bytes.length };
const folder = {
  folder: 'checkpoint-7',
  files: ['model.safetensors', 'config.json', 'trainer_state.json'].map((name) => ({ name, bytes: model })),
};

const filesIn = (run: string) =>
  readdirSync(run, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('.cairn') && statSync(join(run, name)).isFile(),
  );

test.each<[string, SaveSource, RegExp]>([
  ['a file', model, /^create .*\.checkpoint\.pt\./],
  ['a folder', folder, /^create .*\.cairn\.json\./],
])(
  '%s whose bytes are all there when the save is given up gets no name, and leaves nothing',
  async (_what, source, last) => {
    const stop = new AbortController();
    const disk = new FaultDisk(realDisk);
    let isLast = false;
    disk.before = (call) => {
      isLast ||= last.test(call);
      if (isLast && call === 'sync') stop.abort(new Error('it was given up'));
    };
    const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config: {}, disk });
    onTestFinished(() => manager.close());
    await expect(manager.saveCheckpoint({ source, reward: 1, signal: stop.signal })).rejects.toThrow(
      /^it was given up$/,
    );
    expect(stop.signal.aborted).toBe(true);
    expect(filesIn(manager.root)).toEqual([]);
    expect(existsSync(join(manager.root, 'checkpoints/checkpoint-7'))).toBe(false);
  },
);
