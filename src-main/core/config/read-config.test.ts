import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { seededRandom } from '../formats/fixtures/bytes.ts';
import { readConfig } from './read-config.ts';

const source = '.hydra/config.yaml';
const defaults = { config: defaultStorageConfig, source: null, problems: [], unusable: [] };

function read(yaml: string) {
  const run = temporaryFolder();
  put(run, source, yaml);
  return readConfig(run);
}

describe('the storage block is found', () => {
  test.each([
    ['at the root', 'best_model_selection_metric: sharpe\nmax_best_models: 9\nseed: 1'],
    [
      'as model.storage',
      'model:\n  lr: 1\n  storage:\n    best_model_selection_metric: sharpe\n    max_best_models: 9',
    ],
    ['as model_storage', 'model_storage: {best_model_selection_metric: sharpe, max_best_models: 9}'],
    ['as storage', 'a: [1, 2]\nstorage: {best_model_selection_metric: sharpe, max_best_models: 9}'],
    [
      'by its _target_',
      'x: {y: {_target_: app.config.ModelStorageConfig, max_best_models: 9, best_model_selection_metric: sharpe}}',
    ],
    [
      'by two of its keys, under any name',
      'x: {y: {z: {max_best_models: 9, best_model_selection_metric: sharpe}}}',
    ],
  ])('%s', (_where, yaml) => {
    const { config, ...rest } = read(yaml);
    expect(rest).toEqual({ source, problems: [], unusable: [] });
    expect(config).toEqual({
      ...defaultStorageConfig,
      best_model_selection_metric: 'sharpe',
      max_best_models: 9,
    });
  });

  test.each([
    ['max_best_models: 50\nseed: 1', { max_best_models: 50 }],
    ['best_model_selection_metric: loss', { best_model_selection_metric: 'loss' }],
    ['a: {best_models_dir: models}', { best_models_dir: 'models' }],
  ])('by one key that means nothing else: %s', (yaml, given) => {
    expect(read(yaml)).toEqual({
      source,
      problems: [],
      unusable: [],
      config: { ...defaultStorageConfig, ...given },
    });
  });

  test('by its name before what has one key alone', () => {
    const { config } = read('max_best_models: 1\nmodel: {storage: {max_best_models: 2}}');
    expect(config.max_best_models).toBe(2);
  });

  test('nearest to the root, where there are several', () => {
    const { config } = read('deep: {storage: {max_best_models: 1}}\nstorage: {max_best_models: 2}');
    expect(config.max_best_models).toBe(2);
  });
});

test.each([
  ['no config at all', null],
  ['an empty one', ''],
  ['one of something else', 'lr: 0.1\noptimizer: {name: adam}'],
  ['a word', 'hello'],
  ['one known key alone, which says little', 'x: {model_prefix: m}'],
  ['a storage that is a word', 'storage: sqlite:///trials.db'],
])('with %s the defaults count and nothing is said', (_what, yaml) => {
  const run = temporaryFolder();
  if (yaml !== null) put(run, source, yaml);
  expect(readConfig(run)).toEqual(defaults);
});

test.each([
  ['- 1\n- 2', 'it is a list'],
  ['storage: [max_best_models, 3]', 'storage: it is a list'],
  ['a: {model_storage: !!python/object/apply:os.system ["true"]}', 'a.model_storage: it is a list'],
])('of a list where keys with values are expected it is said that the defaults count: %s', (yaml, told) => {
  const problem = `${told}, not keys with values; the defaults count`;
  expect(read(yaml)).toEqual({ ...defaults, problems: [{ path: source, problem }] });
});

test.each([
  [
    'storage: {max_best_models: 2}\nmodel_storage: {max_best_models: 3}',
    'the block model_storage: it does not count, the block storage comes first',
  ],
  [
    'max_best_models: 2\ntemp_dir: t\na: {b: {_target_: x.ModelStorageConfig}}',
    'the block a.b: it does not count, what stands at the top comes first',
  ],
])('of several blocks the first counts, and that is said: %s', (yaml, problem) => {
  const { config, problems } = read(yaml);
  expect([config.max_best_models, problems]).toEqual([2, [{ path: source, problem }]]);
});

test('a block that stands in two places by an alias is one', () => {
  const { config, problems } = read('storage: &s {max_best_models: 2}\nmodel: {storage: *s}');
  expect([config.max_best_models, problems]).toEqual([2, []]);
});

/** `${…}` of Hydra. */
const interpolation = ['$', '{now:%Y-%m-%d}/x'].join('');

describe('a value that cannot be used is named, and its default counts', () => {
  test.each([
    ['checkpoint_dir', interpolation, 'is an interpolation'],
    ['best_models_dir', '???', 'is an interpolation'],
    ['checkpoint_dir', '/etc', 'outside the run'],
    ['checkpoint_dir', '../other', 'outside the run'],
    ['best_models_dir', 'a/../../b', 'outside the run'],
    ['best_models_dir', 'a\\..\\..\\b', 'outside the run'],
    ['temp_dir', 'C:\\Windows', 'outside the run'],
    ['temp_dir', 'c:x', 'outside the run'],
    ['temp_dir', '\\\\server\\share', 'outside the run'],
    ['temp_dir', 'a\0b', 'outside the run'],
    ['temp_dir', 7, '7 cannot be used (it must be a text, not 7)'],
    ['best_models_dir', [1, 2], 'cannot be used (it must be a text, not a list)'],
    ['temp_dir', './', 'is the run itself'],
    ['temp_dir', './checkpoints/', 'is where checkpoint_dir keeps versions'],
    ['temp_dir', 'best_models', 'is where best_models_dir keeps versions'],
    ['best_models_dir', '.cairn/intents', 'keeps its own records'],
    ['checkpoint_dir', './.Cairn', 'keeps its own records'],
    ['backup_suffix', '/../x', 'leads to another folder'],
    ['model_prefix', '../x', '../x cannot be used (it must be a plain name, in no folder)'],
    ['model_prefix', 'a\nb', 'cannot be used (it has an unprintable character)'],
    ['model_prefix', '.hidden', 'cannot be used (it must be a plain name, in no folder)'],
    ['checkpoint_name', '/tmp/x.pt', 'cannot be used (it must be a plain name, in no folder)'],
    ['checkpoint_name', '', 'cannot be used (it must be a plain name, in no folder)'],
    ['max_best_models', 'many', 'cannot be used (it must be a number, not a text)'],
    ['max_best_models', 2.5, 'cannot be used (it must be a whole number, not 2.5)'],
    ['max_best_models', -1, 'cannot be used (it must be at least 0)'],
    ['best_model_selection_metric', '', 'cannot be used (it must be a text that is not empty)'],
    ['best_model_selection_mode', 'best', 'cannot be used (it must be max or min)'],
    ['save_metadata', { toString: 1 }, 'cannot be used (it must be true or false, not an object)'],
  ] as const)('%s: %j', (key, value, reason) => {
    const kept = { strict_mode: true };
    const { config, problems } = read(JSON.stringify({ storage: { ...kept, [key]: value } }));
    expect(problems).toEqual([{ path: source, problem: expect.stringContaining(reason) }]);
    expect(problems[0]?.problem).toMatch(new RegExp(`^${key}: `));
    expect(problems[0]?.problem).not.toContain('\0');
    expect(config).toEqual({ ...defaultStorageConfig, ...kept });
  });
});

test.each(['models', 'a/b', './a', 'a..b', '...'])(
  'a folder %j within the run is taken as it is',
  (folder) => {
    const { config, problems } = read(JSON.stringify({ storage: { checkpoint_dir: folder } }));
    expect([config.checkpoint_dir, problems]).toEqual([folder, []]);
  },
);

describe('a file that cannot be read is said, and the defaults count', () => {
  const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [index, name] of [...'bcdefgh'].entries()) {
    laughs.push(`${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(10)}]`);
  }

  test.each([
    ['broken', 'storage: {max_best_models: ['],
    ['a billion laughs', laughs.join('\n')],
    ['an alias to nowhere', 'storage: *nowhere'],
    ['too big', `# ${'x'.repeat(300 * 1024)}`],
    ['deep in brackets', '['.repeat(100_000)],
    ['deep in dashes', `${'- '.repeat(10_000)}1`],
    ['deep in columns', Array.from({ length: 600 }, (_all, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('%s', (_what, yaml) => {
    const { problems, ...rest } = read(yaml);
    const unusable = [{ part: 'name', why: '.hydra/config.yaml cannot be read' }];
    expect(rest).toEqual({ config: defaultStorageConfig, source: null, unusable });
    expect(problems).toEqual([
      { path: source, problem: expect.stringMatching(/^cannot be read, the defaults count: .+$/) },
    ]);
  });

  test('a pipe, and a folder, in its place', () => {
    const [pipe, folder] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(pipe, '.hydra'));
    execFileSync('mkfifo', [join(pipe, source)]);
    mkdirSync(join(folder, source), { recursive: true });
    for (const run of [pipe, folder])
      expect(readConfig(run).problems[0]?.problem).toContain('not a regular file');
  });
});

test('brackets within texts, and a hundred levels, are no reason to refuse', () => {
  const yaml = `deep: ${'['.repeat(99)}${']'.repeat(99)}\ntext: "${']}'.repeat(500)}"\nstorage: {max_best_models: 3}`;
  expect(read(yaml)).toMatchObject({ config: { max_best_models: 3 }, problems: [] });
});

test('a config that holds itself a hundred times over does not take for ever', () => {
  const selves = Array.from({ length: 60 }, (_, index) => `k${index}: *self`).join(', ');
  expect(read(`model: &self {${selves}}`).config).toEqual(defaultStorageConfig);
});

test('no text whatever is thrown over', () => {
  const random = seededRandom(1);
  const pieces = [
    'storage',
    ':',
    ' ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '!!binary',
    '!!set',
    '<<',
    '? ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '---',
    '%',
    'max_best_models',
    'checkpoint_dir',
    '1',
    'NaN',
    '\0',
    '\t',
    '_target_',
  ];
  const run = temporaryFolder();
  for (let count = 0; count < 400; count += 1) {
    put(run, source, Array.from({ length: random(16) }, () => pieces[random(pieces.length)]).join(''));
    expect(() => readConfig(run)).not.toThrow();
  }
});

describe('a key that is a slip of the finger is named, with the one that was meant', () => {
  test.each([
    [
      'storage: {max_best_model: 3, model_prefix: m}',
      'max_best_model: there is no such key, max_best_models is one',
    ],
    [
      'model_prefix: m\ntemp_dir: t\natomic_save: false',
      'atomic_save: there is no such key, atomic_saves is one',
    ],
    ['x: {_target_: a.ModelStorageConfig, colour: red}', 'colour: there is no such key'],
  ])('%s', (yaml, sentence) => {
    expect(read(yaml).problems).toEqual([{ path: source, problem: `${sentence}; the default counts` }]);
  });

  test('and what is none is somebody else’s', () => {
    expect(read('storage: {max_best_models: 3, bucket: b}\nseed: 1').problems).toEqual([]);
  });
});

test.each([
  ['version_format', 'v{number}'],
  ['version_format', 'v/{version}'],
  ['timestamp_format', '%Q'],
  ['timestamp_format', '%Y/%m'],
])('a format that no name can be made of is named before the first save: %s %s', (key, value) => {
  const { config, problems } = read(JSON.stringify({ storage: { [key]: value } }));
  expect(problems[0]?.problem).toMatch(new RegExp(`^${key}: .* cannot be used`));
  expect(config).toEqual(defaultStorageConfig);
});
