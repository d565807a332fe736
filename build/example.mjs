// Trains on a toy market and saves through Cairn: npm run example -- RUN [--updates N] [--seed N] [--every N] [--json]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, ensureNodeModules } from './setup/node-modules.mjs';
import { runScript } from './setup/report.mjs';

/** npm runs scripts in the checkout; this is where the person is. */
const { INIT_CWD: cwd = process.cwd() } = process.env;

await runScript(async () => {
  checkNode();
  await ensureNodeModules();
  const { buildExample } = await import('./bundle/build-example.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'cairn-example-'));
  try {
    return await run(await buildExample(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** @param {string} program @returns {Promise<number>} its exit code */
async function run(program) {
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { cwd, stdio: 'inherit' });
  // A terminal sends Ctrl+C to both; what is sent to this one alone is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
