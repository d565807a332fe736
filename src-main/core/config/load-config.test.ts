import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig, type StorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { loadConfig } from './read-config.ts';

const expected = { ...defaultStorageConfig, max_best_models: 9, compression: 'gzip' };

test.each([
  ['a YAML file of nothing else', 'config.yml', 'max_best_models: 9\ncompression: gzip'],
  [
    'a YAML file with a block',
    'train.yaml',
    'seed: 1\nmodel: {storage: {max_best_models: 9, compression: gzip}}',
  ],
  ['a JSON file', 'config.json', '{"max_best_models": 9, "compression": "gzip"}'],
])('%s is a config', (_what, name, text) => {
  const file = put(temporaryFolder(), name, text);
  expect(loadConfig(file)).toEqual({ config: expected, source: file, problems: [], unusable: [] });
});

test.each(['.hydra/config.yaml', 'config.yaml'])('a Hydra folder is read from its %s', (name) => {
  const folder = temporaryFolder();
  put(folder, name, 'lr: 1\nstorage: {max_best_models: 9, compression: gzip}');
  expect(loadConfig(folder).config).toEqual(expected);
});

test('keys given by code count, and the rest is the default', () => {
  expect(loadConfig({ max_best_models: 9, compression: 'gzip' }).config).toEqual(expected);
});

test('every wrong key and value names itself and the file, all at once', () => {
  const file = put(
    temporaryFolder(),
    'c.yaml',
    'max_best_model: 3\ncompression: zip\nversion_format: "v{number}"\ntemp_dir: /tmp',
  );
  expect(() => loadConfig(file)).toThrow(
    /^cannot use .*c\.yaml — .*max_best_model: there is no such key, max_best_models is one.*compression: zip cannot be used.*version_format: v\{number\} cannot be used \(\{number\} is not known.*temp_dir: \/tmp is a folder outside the run.* — correct it there$/,
  );
  const slip = { max_best_models: -1 } as Partial<StorageConfig>;
  expect(() => loadConfig(slip)).toThrow(/^cannot use the config given by code — max_best_models: -1 /);
});

test('a file that is not there, is broken, or holds no config is refused', () => {
  const folder = temporaryFolder();
  expect(() => loadConfig(join(folder, 'no.yaml'))).toThrow('no.yaml — it is not there');
  expect(() => loadConfig(put(folder, 'broken.yaml', '{'))).toThrow(/broken\.yaml — .+ — correct it there/);
  expect(() => loadConfig(put(folder, 'word.yaml', 'hello'))).toThrow('no keys of a ModelStorageConfig');
});
