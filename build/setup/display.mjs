import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './report.mjs';

/**
 * A display to start a program on. `env`: what the program's environment needs.
 * @typedef {{ env: NodeJS.ProcessEnv, virtual: boolean, close: () => Promise<void> }} Display
 */

/** True when there is no screen to open a window on. */
export function isHeadless() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY;
}

/** Ends Xvfb and removes the secret once our end of stdin closes, whatever way we end. $0: the secret's folder. */
const KEEPER = 'Xvfb "$@" & exec 3>&-; cat; kill $!; wait; rm -r "$0"';

/**
 * The display there is, or an Xvfb of our own on a free number. Only holders of its secret may connect to it.
 * @returns {Promise<Display>}
 */
export async function openDisplay() {
  if (!isHeadless()) return { env: {}, virtual: false, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'cairn-display-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, makeAuthority(), { mode: 0o600 });
  const args = ['-displayfd', '3', '-auth', authority, '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  // A process group of its own: Ctrl-C is for the app, the display goes after it.
  const keeper = spawn('sh', ['-c', KEEPER, folder, ...args], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = new Promise((done) => {
    keeper.once('exit', done);
  });
  const close = async () => {
    keeper.stdin?.end();
    await ended;
  };
  const number = await readNumber(keeper.stdio[3]);
  if (number !== undefined) {
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, virtual: true, close };
  }
  await close();
  throw new SetupError('Xvfb did not start — see what "Xvfb :99" says — or set DISPLAY');
}

/**
 * Xvfb writes the number it took and a line end, in two writes, once it is ready; it must not lose its reader between them.
 * @param {unknown} pipe
 * @returns {Promise<string | undefined>}
 */
async function readNumber(pipe) {
  let text = '';
  for await (const chunk of /** @type {import('node:stream').Readable} */ (pipe)) {
    text += chunk;
    if (text.endsWith('\n')) return text.trim();
  }
  return undefined;
}

/** One record of an Xauthority file (Xau(3)): any host (family 0xffff), any display (empty), a fresh cookie. */
function makeAuthority() {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), randomBytes(16)];
  const counted = fields.flatMap((field) => [Buffer.from([field.length >> 8, field.length & 0xff]), field]);
  return Buffer.concat([Buffer.from([0xff, 0xff]), ...counted]);
}
