import { expect, test } from 'vitest';
import { classifyName } from './classify-name.ts';
import { escapeName } from './escape-name.ts';

const classify = (name: string, backup_suffix = '.backup') => classifyName(name, { backup_suffix });

test.each([
  ['model_v1_reward0.5.pt', 'model', 'model_v1_reward0.5'],
  ['a.pth', 'model', 'a'],
  ['a.ckpt', 'model', 'a'],
  ['a.safetensors', 'model', 'a'],
  ['ppo.zip', 'model', 'ppo'],
  ['A.PT', 'model', 'A'],
  ['a.pt.gz', 'model', 'a'],
  ['a.PT.GZ', 'model', 'a'],
  ['a.b.pt', 'model', 'a.b'],
  ['last.pth.tar', 'model', 'last'],
  ['a.b.pt.tar.gz', 'model', 'a.b'],
  ['last.pth.tar.backup', 'backup', 'last'],
  ['new\nline.pt', 'model', 'new\nline'],
  ['a.json', 'sidecar', 'a'],
  ['a_meta.json', 'sidecar', 'a'],
  ['_meta.json', 'sidecar', '_meta'],
  ['rl_model_vecnormalize_1000_steps.pkl', 'companion', 'rl_model_1000_steps'],
  ['rl_model_replay_buffer_1000_steps.pkl', 'companion', 'rl_model_1000_steps'],
  ['_vecnormalize_5_steps.pkl', 'companion', '_5_steps'],
  ['my_vecnormalize_vecnormalize_5_steps.pkl', 'companion', 'my_vecnormalize_5_steps'],
  ['a.pt.backup', 'backup', 'a'],
  ['a.pt.gz.backup', 'backup', 'a'],
])('%j is a %s of %j', (name, role, stem) => {
  expect(classify(name)).toEqual({ role, stem });
});

test.each(['a.pt.tmp', 'a.TMP', 'a.partial', 'a.incomplete', 'a.pt~', '.a.pt.temp'])(
  '%j is left over from a save, never a version',
  (name) => {
    expect(classify(name)).toEqual({ role: 'leftover', stem: name });
  },
);

test.each([
  '',
  '.',
  'temp',
  'tmp',
  'pt',
  '.pt',
  '.hidden.pt',
  '.json',
  'events.out.tfevents',
  'a.pt.bak',
  'notes.backup',
  'SHA256SUMS',
  'a.gz',
  'a.tar.gz',
  'a.pt/',
])('%j is nothing to a run', (name) => {
  expect(classify(name).role).toBe('other');
});

test('a backup is known by the ending that the run’s config gives', () => {
  expect(classify('a.pt.bak', '.bak')).toEqual({ role: 'backup', stem: 'a' });
  expect(classify('a.pt_old', '_old')).toEqual({ role: 'backup', stem: 'a' });
  expect(classify('a.pt.backup', '.bak').role).toBe('other');
});

test('the name that the config gives the checkpoint is a model’s, whatever its ending', () => {
  const named = (name: string, checkpoint_name: string) =>
    classifyName(name, { backup_suffix: '.backup', checkpoint_name });
  expect(named('last.bin', 'last.bin')).toEqual({ role: 'model', stem: 'last' });
  expect(named('last.bin.gz', 'last.bin')).toEqual({ role: 'model', stem: 'last' });
  expect(named('last.bin.backup', 'last.bin')).toEqual({ role: 'backup', stem: 'last' });
  expect(named('last', 'last')).toEqual({ role: 'model', stem: 'last' });
  expect(named('last.backup', 'last')).toEqual({ role: 'backup', stem: 'last' });
  expect(named('other.bin', 'last.bin').role).toBe('other');
  expect(named('last.json', 'last.json').role).toBe('sidecar');
  expect(named('last.tmp', 'last.tmp').role).toBe('leftover');
});

test('a name in a sentence cannot move the cursor, turn the text around or fill the screen', () => {
  expect(escapeName('a\u001b[2Jb\n\u202ec\u2028\u0085')).toBe('a\\u001b[2Jb\\u000a\\u202ec\\u2028\\u0085');
  expect(escapeName('bad \ufffd')).toBe('bad \\ufffd');
  expect(escapeName('x'.repeat(200))).toHaveLength(120);
  expect(escapeName('Müller 模型.pt')).toBe('Müller 模型.pt');
});
