import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { weight } from './pickled-item.fixture.ts';
import { repairKey, writeAnew } from './write-anew.ts';
import { checkpoint, look, writeValue } from './written-checkpoint.fixture.ts';

let folder = '';
let path = '';
const at = (name: string) => join(folder, name);
const convert = (out: string) => writeAnew(realDisk, path, at(out), { act: 'convert' });

beforeEach(async () => {
  folder = temporaryFolder();
  path = at('model.pt');
  await writeValue(checkpoint, path);
});

/** Flips a bit of the only place where these bytes are. */
function flipIn(bytes: Uint8Array): void {
  const all = readFileSync(path);
  const place = all.indexOf(bytes);
  all.writeUInt8(all.readUInt8(place) ^ 1, place);
  writeFileSync(path, all);
}

describe('a checkpoint with a bit that flipped', () => {
  beforeEach(() => flipIn(new Uint8Array(weight.slice(1, 3).buffer)));

  test('is not converted: its copy would pass for sound', async () => {
    await expect(convert('same.pt')).rejects.toThrow(
      /^cannot convert [^\n]+ — [^\n]*CRC-32[^\n]* — restore /,
    );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test('is written by repair, marked with what is wrong with it', async () => {
    await writeAnew(realDisk, path, at('marked.pt'), { act: 'repair' });
    const { entries } = await look(at('marked.pt'));
    expect(entries.map(({ key }) => key)).toContain(repairKey);
    expect(readFileSync(at('marked.pt')).includes('CRC-32')).toBe(true);
  });
});

describe('repair', () => {
  test('what a torn file still holds becomes a whole one that says what it was made from', async () => {
    const whole = await look(path);
    const bias = whole.tensors.find(({ name }) => name.endsWith('bias'))?.data;
    truncateSync(path, (bias?.start ?? 0) + 3);
    const { leftOut, tensors } = await writeAnew(realDisk, path, at('rest.pt'), { act: 'repair' });
    expect(tensors).toBe(1);
    expect(leftOut).toEqual(['model_state_dict.net.bias', 'optimizer_state_dict.state.0.step']);
    const { problems, entries, tensors: kept } = await look(at('rest.pt'));
    expect(problems).toEqual([]);
    expect(kept.map(({ name }) => name)).toEqual(['model_state_dict.net.weight']);
    expect(entries.map(({ key }) => key)).toContain(repairKey);
  });

  test('where no tensor is left nothing is written, and the file is named', async () => {
    const start = (await look(path)).tensors[0]?.data?.start ?? 0;
    truncateSync(path, start);
    for (const name of ['rest.pt', 'rest.safetensors'])
      await expect(writeAnew(realDisk, path, at(name), { act: 'repair' })).rejects.toThrow(
        `cannot write anything of ${path} — no tensor in it can be read`,
      );
    expect(readdirSync(folder)).toEqual(['model.pt']);
  });

  test('nothing is repaired where nothing is missing', async () => {
    await expect(writeAnew(realDisk, path, at('rest.pt'), { act: 'repair' })).rejects.toThrow(
      'nothing of it is missing',
    );
  });
});
