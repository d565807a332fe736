// Measures what the README claims, each figure beside its bar: npm run bench
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay } from '../setup/display.mjs';
import { root } from '../setup/places.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runScript, step } from '../setup/report.mjs';

/** @typedef {{ what: string, value: string, bar: string, met: boolean }} Figure */

const versions = 100_000;

await runScript(async () => {
  const electron = await prepare();
  const { buildApp, isAppStale } = await import('../bundle/build-app.mjs');
  if (await isAppStale()) await step('Building app/', buildApp);
  const { makeBigFiles, makeRun } = await import('./make-run.mjs');
  const commands = await import('./bench-commands.mjs');
  const writing = await import('./bench-writing.mjs');
  const torch = await import('./bench-torch-save.mjs');
  const evaluators = await import('./bench-evaluators.mjs');
  const tensors = await import('./bench-tensors.mjs');
  const looking = await import('./bench-inspect.mjs');
  const sides = await import('./bench-side-by-side.mjs');
  const pareto = await import('./bench-pareto.mjs');
  const starting = await import('./bench-start.mjs');
  const window = await import('./bench-window.mjs');
  const living = await import('./bench-live.mjs');
  const folders = await import('./bench-folders.mjs');
  const place = process.env['CAIRN_BENCH'] ?? mkdtempSync(join(tmpdir(), 'cairn-bench-runs-'));
  const many = join(place, 'many');
  const big = join(place, 'big');
  const sample = join(place, 'sample');
  if (!existsSync(many))
    await step(`Writing a run of ${versions} versions`, async () => makeRun(many, { versions }));
  if (!existsSync(big))
    await step('Writing 32 files of 64 MB', async () => makeBigFiles(big, 32, 64_000_000));
  rmSync(sample, { recursive: true, force: true });
  cpSync(join(root, 'build/sample-run/run'), sample, { recursive: true, preserveTimestamps: true });
  // The index of large runs is made anew for each bench, and goes with it.
  const cache = join(place, 'cache');
  rmSync(cache, { recursive: true, force: true });
  process.env['XDG_CACHE_HOME'] = cache;
  const forgetRuns = () => rmSync(cache, { recursive: true, force: true });
  const display = await openDisplay();
  const runtime = {
    executable: electron.path,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...display.env }),
  };
  /** @type {Figure[]} */
  const figures = [];
  try {
    // One after another; what was measured is printed, whatever comes of the rest.
    for (const measure of [
      () => commands.benchListing(many, forgetRuns),
      () => folders.benchFolders(place),
      () => commands.benchVerify(big),
      () => writing.benchWriting(),
      () => torch.benchTorchSave(),
      () => evaluators.benchEvaluators(),
      () => looking.benchInspect(runtime),
      () => tensors.benchTensors(),
      () => starting.benchStart(runtime, sample),
      async () => [await starting.benchSecondStart(runtime, sample)],
      () => pareto.benchPareto(),
      () => window.benchManyRows(runtime, many, versions, forgetRuns),
      () => folders.benchWorkspace(runtime, place),
      () => sides.benchSideBySide(runtime),
      () => living.benchLive(runtime, sample),
      () => living.benchStalls(runtime, big),
    ])
      figures.push(...(await measure()));
  } finally {
    print(figures);
    await display.close();
    if (process.env['CAIRN_BENCH'] === undefined) rmSync(place, { recursive: true, force: true });
  }
  return 0;
});

/** @param {Figure[]} figures */
function print(figures) {
  const cores = cpus();
  process.stdout.write(
    `\n${cores.length} cores (${cores[0]?.model}), Node ${process.versions.node}\n\n| what | measured | bar | |\n| --- | --- | --- | --- |\n`,
  );
  for (const { what, value, bar, met } of figures)
    process.stdout.write(`| ${what} | ${value} | ${bar} | ${met ? 'met' : '**not met**'} |\n`);
}
