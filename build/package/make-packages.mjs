import { constants } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, isStale, markFresh } from '../bundle/staleness.mjs';
import { resolveElectron } from '../setup/electron.mjs';
import { root } from '../setup/places.mjs';
import { SetupError, step } from '../setup/report.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { compareTrees } from './compare-trees.mjs';
import { allowInspector, findUnsealed, readFuses } from './fuses.mjs';

/** What is shipped. */
const SHIPPED = join(root, 'dist', 'linux-unpacked');

/** The same but for the inspector fuse, for Playwright. */
const DRIVEN = join(root, 'dist', 'e2e', 'linux-unpacked');

const EXECUTABLE = 'cairn';

/**
 * Make the unpacked package of this platform from app/ as it is built, read its fuses back, and on Linux make the
 * flavour that e2e drives. Nothing is done when nothing changed.
 * @param {{ allowOldRuntime: boolean }} options
 */
export async function makePackages({ allowOldRuntime }) {
  const runtime = await resolveElectron();
  if (runtime.source === 'old' && !allowOldRuntime) {
    throw new SetupError(
      `nothing was packaged — the Electron here is ${runtime.version}, too old to ship, and the official one could ` +
        'not be downloaded — connect, or add --allow-old-runtime for a package that is only tried out',
    );
  }
  const target = {
    name: 'packages',
    sources: ['app', 'electron-builder.yml', 'build/package', join(runtime.folder, 'version')],
    outputs: [join(SHIPPED, EXECUTABLE), join(DRIVEN, EXECUTABLE)],
  };
  if (!(await isStale(target))) return;
  const print = await fingerprint(target.sources);
  await step(`Packaging with Electron ${runtime.version}`, () => packageApp(runtime));
  if (process.platform !== 'linux') return;
  await expectSealed(SHIPPED);
  await step('Copying the flavour that e2e drives', makeDriven);
  await expectOneByteApart();
  await markFresh(target, print);
}

/** @param {import('../setup/electron.mjs').ElectronRuntime} runtime */
async function packageApp({ folder, version }) {
  const settings = [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
  await runCommand(join(root, 'node_modules', '.bin', 'electron-builder'), ['--dir', ...settings], {
    cwd: root,
  });
}

async function makeDriven() {
  await rm(DRIVEN, { recursive: true, force: true });
  await cp(SHIPPED, DRIVEN, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await allowInspector(join(DRIVEN, EXECUTABLE));
}

/** @param {string} folder */
async function expectSealed(folder) {
  const unsealed = findUnsealed(await readFuses(join(folder, EXECUTABLE)));
  if (unsealed.length > 0)
    throw new SetupError(`the package is not sealed: ${unsealed.join(', ')} — see fuses.mjs`);
}

/** What e2e drives must be what is shipped. */
async function expectOneByteApart() {
  const differences = await compareTrees(SHIPPED, DRIVEN);
  const fine = differences.length === 1 && differences[0]?.file === EXECUTABLE && differences[0].bytes === 1;
  const unsealed = findUnsealed(await readFuses(join(DRIVEN, EXECUTABLE)));
  if (fine && unsealed.join() === 'EnableNodeCliInspectArguments') return;
  throw new SetupError(
    `the e2e flavour differs from the package in more than one fuse: ${JSON.stringify(differences)}`,
  );
}
