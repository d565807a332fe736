import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, copyFile, cp, readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { sandboxFlags, shippedPackage } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';

const nobody = 65_534;

interface Process {
  command: string;
  seccomp: string | undefined;
  noNewPrivileges: string | undefined;
  namespaces: string;
}

let child: ChildProcess | null = null;
test.afterEach(() => {
  child?.kill('SIGKILL');
});

/** The processes that were started on a folder of user data. */
async function processesOf(userData: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const looks = pids.map((pid) => lookAt(pid).catch(() => null));
  return (await Promise.all(looks)).filter(
    (found): found is Process => found?.command.includes(userData) ?? false,
  );
}

async function lookAt(pid: string): Promise<Process> {
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const namespaces = await Promise.all(['user', 'pid'].map((kind) => readlink(`/proc/${pid}/ns/${kind}`)));
  return {
    command,
    seccomp: /^Seccomp:\s+(\d)/m.exec(status)?.[1],
    noNewPrivileges: /^NoNewPrivs:\s+(\d)/m.exec(status)?.[1],
    namespaces: namespaces.join(),
  };
}

async function rendererOf(userData: string): Promise<Process | undefined> {
  return (await processesOf(userData)).find(({ command }) => command.includes('--type=renderer'));
}

/** A copy of the app, and of the key to the display, that an ordinary user can read. */
async function prepareForNobody(folder: string): Promise<NodeJS.ProcessEnv> {
  await cp(dirname(shippedPackage), join(folder, 'app'), { recursive: true });
  await chmod(folder, 0o755);
  await chown(folder, nobody, nobody);
  const { XAUTHORITY, ...env } = process.env;
  if (!XAUTHORITY) return { ...env, HOME: folder };
  const key = join(folder, 'authority');
  await copyFile(XAUTHORITY, key);
  await chown(key, nobody, nobody);
  return { ...env, HOME: folder, XAUTHORITY: key };
}

test('3: for an ordinary user the page runs inside the system’s sandbox', async () => {
  test.skip(
    process.platform !== 'linux' || process.getuid?.() !== 0,
    'only root can start it as another user',
  );
  const folder = await tempFolder('nobody');
  const env = await prepareForNobody(folder);
  const userData = join(folder, 'data');
  const as = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  child = spawn('setpriv', [...as, join(folder, 'app/cairn'), `--user-data-dir=${userData}`], {
    env,
    stdio: 'ignore',
  });
  await expect
    .poll(() => rendererOf(userData), { timeout: 20_000 })
    .toMatchObject({ seccomp: '2', noNewPrivileges: '1' });
  expect((await rendererOf(userData))?.namespaces).not.toBe((await lookAt('self')).namespaces);
  const commands = (await processesOf(userData)).map(({ command }) => command);
  expect(commands.length).toBeGreaterThan(2);
  expect(commands.filter((command) => command.includes('--no-sandbox'))).toEqual([]);
});

test('control: started with --no-sandbox, as root must, the page is not', async () => {
  test.skip(
    process.platform !== 'linux' || process.getuid?.() !== 0,
    'only root starts it without the sandbox',
  );
  const userData = await tempFolder('unsandboxed');
  child = spawn(shippedPackage, [...sandboxFlags(), `--user-data-dir=${userData}`], { stdio: 'ignore' });
  await expect.poll(() => rendererOf(userData), { timeout: 20_000 }).toMatchObject({ seccomp: '0' });
  expect((await rendererOf(userData))?.namespaces).toBe((await lookAt('self')).namespaces);
});
