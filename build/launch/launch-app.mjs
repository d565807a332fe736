import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';

/** Chromium says these on machines without a session bus or a GPU, and now and then where a window closes; they mean nothing to the app. */
const NOISE =
  /\b(dbus|bus\.cc|object_proxy\.cc)\b|Failed to connect to the bus|\b(viz_main_impl|gl_|command_buffer)|rejected by interface blink\.mojom\./i;

const NO_SANDBOX = /SUID sandbox helper binary|No usable sandbox/;

/**
 * What it takes to start the app. `env` is added to ours.
 * @typedef {{ runtime: import('../setup/electron.mjs').ElectronRuntime, args: string[], env: NodeJS.ProcessEnv, cwd: string, logs: boolean }} Launch
 */

/** Chromium refuses to run as root with its sandbox on; for everyone else it stays on. */
export function needsNoSandbox() {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * Start the app in app/. `exited` resolves to its exit code, as a shell counts it.
 * @param {Launch} launch
 * @returns {{ exited: Promise<number>, stop: (signal: NodeJS.Signals) => void }}
 */
export function launchApp({ runtime, args, env, cwd, logs }) {
  const flags = needsNoSandbox() ? ['--no-sandbox'] : [];
  const child = spawn(runtime.path, [...flags, join(root, 'app'), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['inherit', 'inherit', 'pipe'],
  });
  let sandboxFailed = false;
  let isStopped = false;
  createInterface({ input: child.stderr }).on('line', (line) => {
    sandboxFailed ||= NO_SANDBOX.test(line);
    if (logs || !NOISE.test(line)) say(line);
  });
  const exited = new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (signal && !isStopped && !sandboxFailed) tellCrash(signal);
      done(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
  exited.then(
    () => sandboxFailed && adviseOnSandbox(runtime.folder),
    () => {},
  );
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    isStopped = true;
    child.kill(signal);
  };
  return { exited, stop };
}

/** @param {NodeJS.Signals} signal */
function tellCrash(signal) {
  say(
    `cairn: the app ended before it could say why — the runtime got ${signal} — ` +
      'see whether it may write to its folder (~/.config, or $XDG_CONFIG_HOME), and what npm start -- --logs says',
  );
}

/** Ubuntu 24.04 and some containers keep ordinary programs from making a sandbox. @param {string} folder */
function adviseOnSandbox(folder) {
  const helper = join(folder, 'chrome-sandbox');
  say(
    "cairn: Chromium's sandbox could not start — this system restricts user namespaces — " +
      `let its helper do it: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}
