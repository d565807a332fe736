import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { needsNoSandbox } from '../launch/launch-app.mjs';
import { root } from '../setup/places.mjs';

/** @typedef {{ executable: string, env: Record<string, string> }} Runtime */

export const rows = '[role="row"][data-version-id]';

/** @param {Runtime} runtime @param {string} app @param {string[]} runs @param {string} [kept] user data of earlier starts; without it there were none */
export async function launch({ executable, env }, app, runs, kept) {
  const userData = kept ?? mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const started = performance.now();
  const electron = await _electron.launch({
    executablePath: executable,
    args: [
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
      ...['-r', join(root, 'e2e/driver/hold-until-driven.cjs')],
      ...[app, `--user-data-dir=${userData}`, ...runs],
    ],
    env,
  });
  const page = await electron.firstWindow();
  const close = async () => {
    await electron.close();
    if (kept === undefined) rmSync(userData, { recursive: true, force: true });
  };
  return { electron, page, started, close };
}
