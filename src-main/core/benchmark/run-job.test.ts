import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { type JobOrder, runJob } from './run-job.ts';

const node = (script: string) => [process.execPath, '-e', script];
const sh = (script: string) => ['sh', '-c', script];

function run(words: readonly string[], options: Partial<JobOrder> = {}) {
  const output = options.output ?? join(temporaryFolder(), 'job');
  return runJob({ words, output, disk: realDisk, timeout: 20_000, grace: 100, ...options });
}

/** Processes that have this among their words. */
function alive(word: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(word);
    } catch {
      return false;
    }
  });
}

test('it gets its words as they are, no stdin, the environment, and an empty folder that goes with it', async () => {
  const script =
    'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env.PWD, fs.readdirSync("."), fs.readFileSync(0, "utf8"), process.env.PATH]));fs.writeFileSync("left", "x")';
  const words = ['a b', '$HOME', '*', ';', "'", ''];
  const [argv, cwd, pwd, names, stdin, path] = JSON.parse(await run([...node(script), ...words]));
  expect([argv, names, stdin, path]).toEqual([words, [], '', process.env['PATH']]);
  expect(pwd).toBe(cwd);
  expect(cwd).not.toBe(process.cwd());
  expect(existsSync(cwd)).toBe(false);
});

test('its output is kept, that of an earlier run goes', async () => {
  const output = join(temporaryFolder(), 'job');
  await run(sh('echo first; echo error >&2'), { output });
  await expect(run(sh('echo second; exit 3'), { output })).rejects.toThrow('it ended with code 3');
  expect([readFileSync(`${output}.stdout`, 'utf8'), readFileSync(`${output}.stderr`, 'utf8')]).toEqual([
    'second\n',
    '',
  ]);
});

test('of one that cannot be started no output is there, nor that of an earlier run', async () => {
  const output = join(temporaryFolder(), 'job');
  await run(sh('echo first'), { output });
  await expect(run(['/no/such/program'], { output })).rejects.toThrow('cannot be started');
  expect([`${output}.stdout`, `${output}.stderr`].filter((path) => existsSync(path))).toEqual([]);
});

test('how it ended is told, with the last line of its stderr', async () => {
  await expect(run(sh('echo a >&2; echo "no such thing" >&2; exit 7'))).rejects.toThrow(
    /^it ended with code 7: no such thing$/,
  );
  await expect(run(sh('kill -SEGV $$'))).rejects.toThrow(/^it was ended by SIGSEGV$/);
  await expect(run(['/no/such/program'])).rejects.toThrow(
    /^“\/no\/such\/program” cannot be started: it is not there$/,
  );
  await expect(run(['sh', 'a\0b'])).rejects.toThrow(/cannot be started/);
  await expect(run([tmpdir()])).rejects.toThrow(/cannot be started: no permission/);
});

test('one that takes too long is ended, though it hears no signal', async () => {
  await expect(
    run(sh("trap '' TERM INT HUP; echo here; while :; do sleep 0.1; done"), { timeout: 300 }),
  ).rejects.toThrow('it took longer than 0.3 s');
});

test('one that is cancelled is ended; none is started after that', async () => {
  const stop = new AbortController();
  const job = run(['sleep', '98765'], { signal: stop.signal });
  setTimeout(() => stop.abort(), 150);
  await expect(job).rejects.toThrow('it was cancelled');
  await expect(run(['sleep', '98765'], { signal: stop.signal })).rejects.toThrow('it was cancelled');
  expect(alive('98765')).toEqual([]);
});

const escapes = {
  'in its group': 'sleep 91001 &',
  'in a session of its own': 'setsid sleep 91002 &',
  'in a session of its own, orphaned': '(setsid sleep 91003 &) &',
  'without its environment': 'env -i sleep 91004 &',
  'without its environment, in a session of its own': 'env -i setsid sleep 91005 &',
  'without its environment, in another folder, a child of one that has it':
    'setsid sh -c "trap \'\' TERM; cd /; env -i setsid sleep 91006; :" &',
  'without all of that, and orphaned when the program ends':
    "env -i setsid sh -c 'cd /; exec sleep 91008' >/dev/null 2>&1 & sleep 0.4;",
  'deaf to signals': `sh -c "trap '' TERM; sleep 91007 & wait; sleep 91007" &`,
};

test.each(Object.entries(escapes))(
  'no child is left: %s',
  async (_, script) => {
    const stdout = await run(sh(`${script} sleep 0.1; echo '{"a": 1}'`));
    expect(stdout).toBe('{"a": 1}\n');
    const [word = ''] = /910\d\d/.exec(script) ?? [];
    expect(alive(word)).toEqual([]);
  },
  20_000,
);

test('one whose processes have a new number at every look is ended', async () => {
  const script = 'hop() { sleep 0.02; hop "$1" & }; hop 91234 & hop 91234 & hop 91234 & sleep 91234';
  await expect(run(sh(script), { timeout: 300 })).rejects.toThrow('it took longer than 0.3 s');
  expect(alive('91234')).toEqual([]);
});

test('one that writes without end is stopped; of what it wrote the beginning and the end are kept', async () => {
  const output = join(temporaryFolder(), 'job');
  const limits = { head: 5000, tail: 3000, most: 3_000_000 };
  await expect(run(['yes', 'for ever'], { output, limits })).rejects.toThrow(
    'it wrote more than 3,000,000 bytes',
  );
  expect(statSync(`${output}.stdout`).size).toBeLessThanOrEqual(5000);
  const long = await run(sh('yes begin | head -n 1000; yes | head -c 100000; echo; echo last'), {
    output,
    limits,
  });
  expect(long.length).toBeLessThanOrEqual(3000);
  expect(long).toMatch(/^y\n[y\n]*\nlast\n$/);
  const kept = readFileSync(`${output}.stdout`, 'utf8');
  expect(kept).toMatch(/^begin\n[begin\n]*\n… 98,006 bytes are left out here …\n[y\n]*last\n$/);
  expect(kept.length).toBeLessThan(8100);
});

test('where its output cannot be kept it is ended', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'job.stdout'));
  await expect(run(['sleep', '92001'], { output: join(folder, 'job') })).rejects.toThrow(
    /its output cannot be kept/,
  );
  await expect(run(['sleep', '92001'], { output: join(folder, 'none/job') })).rejects.toThrow(
    'its output cannot be kept: it is not there',
  );
  expect(alive('92001')).toEqual([]);
});

test('a full disk under its output is its failure, and the program is ended', async () => {
  const disk: typeof realDisk = {
    ...realDisk,
    create: async (path) => ({
      ...(await realDisk.create(path)),
      write: async () => {
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
    }),
  };
  await expect(run(sh('echo x; sleep 92002'), { disk })).rejects.toThrow(
    /^its output cannot be kept: the disk is full$/,
  );
  expect(alive('92002')).toEqual([]);
});
