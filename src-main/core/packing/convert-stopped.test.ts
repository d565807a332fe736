import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ModelManagerError } from '../errors.ts';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { text, writeWith } from './pickled-item.fixture.ts';
import { writeAnew } from './write-anew.ts';

let folder = '';
let path = '';
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = temporaryFolder();
  path = at('model.pt');
});

const tooLong = ['](', 'N'.repeat(1.6e6), 'e', text('epoch'), 'K\x07'];

test('a file with more than is looked at is not converted: its copy would lack the rest', async () => {
  writeWith(path, text('history'), ...tooLong);
  for (const name of ['new.pt', 'new.safetensors']) {
    const converted = writeAnew(realDisk, path, at(name), { act: 'convert' });
    await expect(converted).rejects.toThrow(ModelManagerError);
    await expect(converted).rejects.toThrow(
      /^cannot convert [^\n—]+ — not all of it is looked at[^\n—]+more parts than are looked at[^\n—]+ — load it in Python[^\n—]+$/,
    );
  }
  expect(readdirSync(folder)).toEqual(['model.pt']);
});

test('nor is it repaired, for nothing is known to be missing', async () => {
  writeWith(path, text('history'), ...tooLong);
  await expect(writeAnew(realDisk, path, at('new.pt'), { act: 'repair' })).rejects.toThrow(
    /^cannot repair [^\n—]+ — nothing is known to be wrong with it[^\n—]+ — load it in Python[^\n—]+$/,
  );
  expect(readdirSync(folder)).toEqual(['model.pt']);
});

test('a pickle that is broken in a sound archive is for repair', async () => {
  writeWith(path, text('history'), '\xff');
  await expect(writeAnew(realDisk, path, at('new.pt'), { act: 'convert' })).rejects.toThrow(
    /^cannot convert [^\n]+ is no instruction[^\n]+ — cairn repair writes what is left of it$/,
  );
  expect(await writeAnew(realDisk, path, at('new.pt'), { act: 'repair' })).toMatchObject({ tensors: 1 });
});

test('a plain pickle that is cut off is told as torn', async () => {
  writeFileSync(at('cut.pkl'), Buffer.from(`\x80\x02}${text('a')}K\x01s${text('b')}](N`, 'latin1'));
  await expect(writeAnew(realDisk, at('cut.pkl'), at('new.pt'), { act: 'convert' })).rejects.toThrow(
    'cannot convert',
  );
});
