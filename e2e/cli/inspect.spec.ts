import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { asInspection, expectOneLineError } from '../driver/json-shapes.ts';
import { inPairs, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun, makeEdgeRun } from '../fixtures/copy-runs.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const formats = join(fixtures, 'formats');
const torn = 'checkpoints/checkpoint_step_000516096.pt';
const whole = 'checkpoints/checkpoint_step_000451584.pt';

async function inspect(path: string, code = 0) {
  const finished = await runCli(['inspect', path, '--json']);
  expect([path, finished.code, finished.stderr]).toEqual([path, code, '']);
  return asInspection(JSON.parse(finished.stdout));
}

/** A pickle of protocol 2 that would run a command of the shell, and holds a key that drives terminals. */
function hostilePickle(command: string): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([Buffer.from('X'), length, bytes]);
  };
  const call = Buffer.concat([Buffer.from('cos\nsystem\n'), text(command), Buffer.from('\x85R', 'latin1')]);
  const key = text('\u001b]0;pwned\u0007\u202e<img src=x>');
  return Buffer.concat([
    Buffer.from('\x80\x02}(', 'latin1'),
    key,
    call,
    text('__proto__'),
    call,
    Buffer.from('u.'),
  ]);
}

test('inspect finds in each file of each kind the tensors that PyTorch finds', async () => {
  const tables: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(fixtures, 'tensors.json'), 'utf8'),
  );
  await inPairs(await readdir(formats), async (name) => {
    const { tensors, totals } = await inspect(join(formats, name));
    const found = tensors.map(({ name, dtype, shape, stride, offset }) => {
      const place = stride === null ? '' : ` [${stride.join(', ')}] ${offset}`;
      return [name, `${dtype} [${shape.join(', ')}]${place}`];
    });
    expect(Object.fromEntries(found)).toEqual(tables[`formats/${name}`]);
    expect(totals.tensors).toBe(tensors.length);
  });
});

test('formats go by the names that the contract has', async () => {
  const kinds = {
    'plain.pt': 'torch-zip',
    'legacy_views.pt': 'torch-legacy',
    'sb3.zip': 'sb3',
    'script.pt': 'torchscript',
    'arrays_5.pkl': 'pickle',
  };
  await inPairs(Object.entries(kinds), async ([name, format]) => {
    expect((await inspect(join(formats, name))).format).toBe(format);
  });
});

test('a checkpoint of the reference has its version, training state and metadata', async () => {
  const run = await copySampleRun();
  const found = await inspect(join(run, whole));
  expect(found).toMatchObject({
    format: 'torch-zip',
    checkpoint_version: '2.0',
    training_state: { global_step: 451584 },
    metadata: { symbol: expect.any(String) },
    trust: 'tensors-only',
    problems: [],
  });
  expect(found.bytes_read).toBeLessThan(found.file_size_bytes ?? 0);
  expect(found.entries.map(({ key }) => key)).toEqual([
    'model_state_dict',
    'optimizer_state_dict',
    'training_state',
    'metadata',
    'checkpoint_version',
  ]);
  expect(found.totals.parameters).toBe(1132);
});

test('views of one storage are counted once, and repeats of one element are one element', async () => {
  const { totals } = await inspect(join(formats, 'views.pt'));
  expect(totals).toEqual({ tensors: 6, parameters: 101, bytes: 404 });
});

test('a torn checkpoint tells its names and shapes, and what is missing', async () => {
  const run = await copySampleRun();
  const found = await inspect(join(run, torn), 1);
  const shapes = ({ tensors }: typeof found) => tensors.map(({ name, shape }) => [name, shape]);
  expect(shapes(found)).toEqual(shapes(await inspect(join(run, whole))));
  const missing = '15,445 of 25,743 bytes: the end of the archive is missing';
  expect([found.problems[0], found.trust, found.unread]).toEqual([missing, 'runs-code', [missing]]);
  expect(found.problems[1]).toMatch(/^12 of 32 storages are there: [\d,]+ of [\d,]+ bytes of tensors$/);
});

test('what is no checkpoint is explained', async () => {
  const run = await makeEdgeRun();
  const pointer = await inspect(join(run, 'checkpoints/lfs_pointer.pt'), 1);
  expect(pointer.format).toBe('lfs-pointer');
  expect(pointer.problems).toEqual([
    expect.stringMatching(/^a Git LFS pointer, not the model: the real file has 63,018,645 bytes/),
  ]);
  const empty = await inspect(join(run, 'checkpoints/zero_bytes.pt'), 1);
  expect([empty.format, empty.problems]).toEqual(['unknown', ['an empty file (0 bytes)']]);
  const text = await inspect(join(run, 'checkpoints/broken_sidecar.json'), 1);
  expect([text.format, text.problems]).toEqual([
    'unknown',
    [expect.stringMatching(/^text, not a checkpoint/)],
  ]);
});

test('what is no regular file is not opened, and a link is followed', async () => {
  const folder = await tempFolder('inspect');
  execFileSync('mkfifo', [join(folder, 'fifo.pt')]);
  await mkdir(join(folder, 'folder.pt'));
  for (const name of ['fifo.pt', 'folder.pt']) {
    const { format, problems, file_size_bytes } = await inspect(join(folder, name), 1);
    expect([format, file_size_bytes]).toEqual(['unknown', null]);
    expect(problems).toEqual([expect.stringMatching(/^not a regular file/)]);
  }
  await symlink(join(formats, 'plain.pt'), join(folder, 'last.ckpt'));
  expect((await inspect(join(folder, 'last.ckpt'))).format).toBe('torch-zip');
  await symlink('loop.pt', join(folder, 'loop.pt'));
  const looped = await runCli(['inspect', join(folder, 'loop.pt'), '--json']);
  expect([looped.code, JSON.parse(looped.stdout).error.code]).toEqual([2, 'Usage']);
  expectOneLineError(looped.stderr);
});

test('a file that is not there is a wrong call', async () => {
  const finished = await runCli(['inspect', '/nowhere/at/all.pt', '--json']);
  expect(finished.code).toBe(2);
  expect(JSON.parse(finished.stdout).error.code).toBe('Usage');
  expectOneLineError(finished.stderr);
});

test('a pickle that would run a command is told for it, and runs nothing', async () => {
  const folder = await tempFolder('inspect');
  const [path, proof] = [join(folder, 'model.pkl'), join(folder, 'it-ran')];
  await writeFile(path, hostilePickle(`touch ${proof}`));
  const found = await inspect(path);
  expect(found.trust).toBe('runs-code');
  expect(found.globals).toEqual([
    { module: 'os', name: 'system', called: true, class: 'code', offset: expect.any(Number) },
  ]);
  const { offset } = found.globals[0] ?? {};
  expect((await readFile(path)).subarray(offset ?? 0).toString('latin1')).toMatch(/^c(os|posix)\nsystem\n/);
  expect(found.entries.map(({ type }) => type)).toEqual(['os.system', 'os.system']);
  const { stdout } = await runCli(['inspect', path]);
  expect(stdout).toMatch(/os\.system +used at load/);
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(await readdir(folder)).toEqual(['model.pkl']);
});

test('what was not read is never said to be harmless', async () => {
  const folder = await tempFolder('inspect');
  const path = join(folder, 'model.pt.gz');
  await writeFile(path, gzipSync('a'));
  const found = await inspect(path, 1);
  expect([found.trust, found.unread]).toEqual([
    'runs-code',
    [expect.stringMatching(/^packed by gzip: torch.load cannot read it as it is, but through gzip.open/)],
  ]);
  const { stdout } = await runCli(['inspect', path]);
  expect(stdout).toMatch(/^ {2}loading +may run anything: not all of it was read$/m);
});

test('of a file of no known format nothing is said of what loading it does', async () => {
  const path = join(await tempFolder('inspect'), 'model.pt');
  for (const bytes of [Buffer.alloc(0), Buffer.from('9f3e8a11c47755aa0102', 'hex')]) {
    await writeFile(path, bytes);
    const { stdout, code } = await runCli(['inspect', path]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}loading +not known: nothing was read that could tell$/m);
  }
});

test('of a folder it is said that it is none to look into, and nothing of loading it', async () => {
  const { stdout, code } = await runCli(['inspect', await tempFolder('inspect')]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ {2}problem +not a regular file/m);
  expect(stdout).not.toContain('loading');
});

test('people are told what is inside, in a table', async () => {
  const { stdout, code } = await runCli(['inspect', join(formats, 'plain.pt')]);
  expect(code).toBe(0);
  expect(stdout).toContain('{"epoch":3,"global_step":1200}');
  expect(stdout).toMatch(/^args +argparse\.Namespace +3 items$/m);
  expect(stdout).toMatch(/^state_dict\.weight +float32 +\[2, 4\] +32 B$/m);
  expect(stdout).toContain('as far as can be seen, it takes tensors and plain data alone');
});

test('who wrote a file is told with its version, what its modules seem to be, and what is there to go on from', async () => {
  const path = join(formats, 'sb3.zip');
  const { written_by, byte_order, layers, carried, tensors } = await inspect(path);
  expect([written_by, byte_order]).toEqual([{ framework: 'stable-baselines3', version: '2.3.2' }, 'little']);
  expect(layers).toEqual([{ name: 'policy.pth', layer: 'Linear 4 → 2' }]);
  expect(carried.map(({ what }) => what)).toEqual(['optimizer']);
  expect(new Set(tensors.map(({ device }) => device))).toEqual(new Set(['cpu']));
  const { stdout } = await runCli(['inspect', path]);
  expect(stdout).toMatch(/^ {2}written by +stable-baselines3 2\.3\.2$/m);
  expect(stdout).toMatch(/^ {2}to go on +optimizer$/m);
  expect(stdout).toMatch(/^policy\.pth +Linear 4 → 2$/m);
});

test('the document has a schema', async () => {
  const { stdout } = await runCli(['schema', 'inspect']);
  const keys = Object.keys(JSON.parse(stdout).properties);
  const found = JSON.parse((await runCli(['inspect', join(formats, 'sb3.zip'), '--json'])).stdout);
  expect(keys).toEqual([...Object.keys(found), 'exported']);
  expect(await readFile(join(formats, 'sb3.zip'))).toHaveLength(found.file_size_bytes);
});

test('inspect tells each hyperparameter with the places where it stands, and where they disagree', async () => {
  const run = await copySampleRun();
  const id = 'best_models/model_v0011_reward0.4346_20260302_114200';
  const sidecar = await readFile(join(run, `${id}.json`), 'utf8');
  await writeFile(join(run, `${id}.json`), sidecar.replace('"gamma": 0.9', '"gamma": 0.95'));
  await writeFile(join(run, '.hydra/overrides.yaml'), '- train.n_steps=22\n- train.n_envs=32\n');
  const { stdout } = await runCli(['inspect', join(run, `${id}.pt`), '--json']);
  const { hyperparameters } = JSON.parse(stdout) as {
    hyperparameters: { name: string; agree: boolean; values: unknown[] }[];
  };
  const apart = hyperparameters.filter(({ agree }) => !agree).map(({ name }) => name);
  // The learning rate differs by its schedule alone.
  expect(apart).toEqual(['gamma', 'n_steps']);
  expect(hyperparameters.find(({ name }) => name === 'gamma')?.values).toEqual([
    { source: 'file', path: 'metadata.training_config.gamma', value: 0.9 },
    { source: 'sidecar', path: 'training_config.gamma', value: 0.95 },
    { source: 'hydra', path: 'train.gamma', value: 0.9 },
  ]);
  const { stdout: text } = await runCli(['inspect', join(run, `${id}.pt`)]);
  expect(text).toMatch(/^! gamma +0\.9 +file +metadata\.training_config\.gamma$/m);
  expect(text).toMatch(/^n_envs +32 +file, sidecar, hydra, overrides$/m);
});

test('a link that git-annex left is told for what it is, whether its bytes are here or not', async () => {
  const folder = await tempFolder('annexed');
  const place = join(folder, '.git/annex/objects/x');
  await symlink('.git/annex/objects/x/SHA256E-s5--gone.pt', join(folder, 'gone.pt'));
  const gone = await inspect(join(folder, 'gone.pt'), 1);
  expect([gone.format, gone.file_size_bytes]).toEqual(['annex-link', null]);
  expect(gone.problems.join()).toMatch(
    /does not have its bytes on this machine; “git annex get” brings them/,
  );
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'SHA256E-s5--here.pt'), await readFile(join(formats, 'plain.pt')));
  await symlink('.git/annex/objects/x/SHA256E-s5--here.pt', join(folder, 'here.pt'));
  const here = await inspect(join(folder, 'here.pt'));
  expect([here.format, here.problems]).toEqual(['torch-zip', []]);
  await writeFile(join(folder, 'real.pt'), await readFile(join(formats, 'plain.pt')));
  const { stdout } = await runCli(['ls', folder, '--json']);
  const { problems } = JSON.parse(stdout) as { problems: { path: string; problem: string }[] };
  const told = Object.fromEntries(problems.map(({ path, problem }) => [path, problem]));
  expect(told['gone.pt']).toContain('git-annex does not have its bytes');
  expect(told['here.pt']).toContain('where git-annex keeps its bytes');
});

test('what Lightning wrote beside a checkpoint is told, with its place, and where it is not what the file says', async () => {
  const folder = join(await tempFolder('lightning'), 'version_0');
  await mkdir(join(folder, 'checkpoints'), { recursive: true });
  const run = await copySampleRun();
  const model = join(folder, 'checkpoints/epoch=1-step=2.ckpt');
  await writeFile(model, await readFile(join(run, whole)));
  await writeFile(join(folder, 'hparams.yaml'), 'gamma: 0.5\nwidth: 64\n');
  const { hyperparameters } = await inspect(model);
  expect(hyperparameters).toContainEqual({
    name: 'width',
    agree: true,
    values: [{ source: 'hparams', path: 'width', value: 64 }],
  });
  const gamma = hyperparameters.find(({ name }) => name === 'gamma');
  expect(gamma?.agree).toBe(false);
  expect(gamma?.values).toContainEqual({ source: 'hparams', path: 'gamma', value: 0.5 });
});

test('a folder that is a checkpoint is looked into by the file that stands for it', async () => {
  const run = join(await tempFolder('folder'), 'run');
  await cp(join(fixtures, 'layouts/huggingface'), run, { recursive: true });
  const folder = join(run, 'checkpoint-500');
  const looked = await inspect(folder);
  expect(looked).toMatchObject({ path: join(folder, 'model.safetensors'), format: 'safetensors' });
  const { code, stdout } = await runCli(['diff', folder, join(run, 'checkpoint-1500')]);
  expect(code).toBe(0);
  expect(stdout).not.toBe('');
});
