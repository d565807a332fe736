import { readdir, readlink, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

/** The best and the newest version of the run, of so many bytes that whoever reads or copies it is met half way. */
const large = 'best_models/model_v0099_reward9.0000_20270101_000000.safetensors';
const size = 256 * 1024 * 1024;

async function writeLarge(path: string): Promise<void> {
  const header = JSON.stringify({ w: { dtype: 'F32', shape: [size / 4], data_offsets: [0, size] } });
  const text = Buffer.from(header.padEnd(Math.ceil(header.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  await writeFile(path, Buffer.concat([length, text, Buffer.alloc(size, 1)]));
}

/** What is where below a folder, but for Cairn's own notes: names, sizes and times. */
async function stateOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const told = names.map(async (name) => {
    const status = await stat(join(folder, name));
    return status.isDirectory() ? `${name}/` : `${name} ${status.size} ${status.mtimeMs}`;
  });
  return (await Promise.all(told)).filter((each) => !each.startsWith('.cairn')).sort();
}

const isStaged = (name: string) => /^\..*\.tmp$/.test(basename(name));

/** Whether a file is half written below the folder. */
const isWritingIn = (folder: string) => async () =>
  (await readdir(folder, { recursive: true }).catch(() => [])).some(isStaged);

/** Whether a process reads the large version. */
async function isReading(pid: number | undefined): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return links.some((path) => path.endsWith(large));
}

/** A command, and what shows that it is half way; by default that it reads the large version. `out`: what else it may not leave behind. */
interface Stopped {
  words: string[];
  out?: string;
  isHalfWay?: () => Promise<boolean>;
}

const commands: Record<string, (run: string) => Stopped | Promise<Stopped>> = {
  backup: (run) => ({ words: ['backup', run, 'v99'], isHalfWay: isWritingIn(join(run, '.cairn')) }),
  restore: async (run) => {
    const { id } = (await readJson(['backup', run, 'v99'])) as { id: string };
    await writeFile(join(run, large), 'rotten');
    return { words: ['restore', run, id], isHalfWay: isWritingIn(join(run, 'best_models')) };
  },
  export: async (run) => {
    const out = join(await tempFolder('writing'), 'out');
    return { words: ['export', run, 'v99', '--to', out], out, isHalfWay: isWritingIn(out) };
  },
  convert: async (run) => {
    const folder = await tempFolder('writing');
    const out = join(folder, 'slim.pt');
    return { words: ['convert', join(run, large), out], out, isHalfWay: isWritingIn(folder) };
  },
  prune: (run) => ({ words: ['prune', run, '--keep-best', '1', '--kinds', 'all', '--yes'] }),
  seal: (run) => ({ words: ['seal', run] }),
  verify: (run) => ({ words: ['verify', run] }),
};

for (const [index, [command, prepare]] of Object.entries(commands).entries())
  test(`${command} that is interrupted half way says so, and leaves all as it was`, async () => {
    test.skip(process.platform !== 'linux', '/proc is on Linux alone');
    const run = await copySampleRun();
    await writeLarge(join(run, large));
    const { words, out, ...rest } = await prepare(run);
    const before = await stateOf(run);

    const child = startCli(words);
    const isHalfWay = rest.isHalfWay ?? (() => isReading(child.pid));
    let error = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      error += text;
    });
    const ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
    await expect.poll(isHalfWay, { intervals: [2], timeout: 20_000 }).toBe(true);
    const [signal, code] = index % 2 === 0 ? (['SIGINT', 130] as const) : (['SIGTERM', 143] as const);
    child.kill(signal);
    expect(await ended).toBe(code);
    expectOneLineError(error);
    expect(error).toContain('it was interrupted');

    expect(await stateOf(run)).toEqual(before);
    expect((await readdir(run, { recursive: true })).filter(isStaged)).toEqual([]);
    if (out !== undefined) await expect(stat(out)).rejects.toThrow('ENOENT');
    // Nothing of it stands in the way of doing it.
    expect((await runCli(words)).code).toBe(words[0] === 'verify' ? 1 : 0);
  });
