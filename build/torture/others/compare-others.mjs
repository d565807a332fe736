/**
 * The same harness on libraries that are commonly trusted with files, installed from npm into a folder of their own:
 *
 *     node build/torture/others/compare-others.mjs [--count N] [--seed N]
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statfsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { LoopMount, whyNoCut } from '../loop-mount.mjs';
import { sha256 } from '../run-files.mjs';
import { inWorkshop, randomNumbers, report } from '../run-under-test.mjs';
import { weightsOf } from '../weights.mjs';

/** The newest that run on Node 20. */
const LIBRARIES = ['write-file-atomic@7.0.1', 'atomically@2.1.1', 'proper-lockfile@4.1.2'];
const SAVERS = ['write-file-atomic', 'atomically'];
const SYSTEMS = ['ext4', 'xfs'];
const BYTES = 64 * 1024;
const LOCKERS = 6;

const program = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`./${name}-program.mjs`, import.meta.url));

/** A process that saves with a library. */
class Saver {
  /** @param {string} folder @param {string} library */
  constructor(folder, library) {
    this.child = spawn(process.execPath, [program('save'), folder, library], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @param {string} path @param {string} seed @param {number} bytes @returns {Promise<string | null>} what it says went wrong */
  async save(path, seed, bytes) {
    this.child.stdin.write(`${JSON.stringify({ path, seed, bytes })}\n`);
    return JSON.parse((await this.lines.next()).value).error;
  }

  async close() {
    this.child.stdin.end();
    await once(this.child, 'close');
  }
}

/** @param {number} count @param {number} seed @returns {Promise<string[]>} rows of a table */
export function compareOthers(count, seed) {
  return inWorkshop(async ({ folder }) => {
    const installed = join(folder, 'others');
    mkdirSync(installed);
    writeFileSync(join(installed, 'package.json'), '{}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...LIBRARIES], {
      cwd: installed,
      stdio: 'pipe',
    });
    const rows = [];
    for (const library of SAVERS) {
      for (const system of SYSTEMS)
        rows.push(await cutPower(folder, installed, library, system, count, seed));
      rows.push(await fillDisk(folder, installed, library, Math.ceil(count / 4)));
    }
    rows.push(await meetAtStaleLock(folder, installed, Math.ceil(count / 5)));
    return rows;
  });
}

/** The power goes at a random moment while one file is saved again and again. @param {string} folder @param {string} installed @param {string} library @param {string} system @param {number} count @param {number} seed */
async function cutPower(folder, installed, library, system, count, seed) {
  const why = await whyNoCut(system, folder);
  if (why) return `${library}, power cuts on ${system}: skipped: ${why}`;
  const random = randomNumbers(seed);
  const mount = new LoopMount(system, folder);
  const found = { undone: 0, torn: 0, saves: 0 };
  for (let cut = 0; cut < count; cut += 1)
    await cutOnce(mount, new Saver(installed, library), random, `${cut}`, found);
  mount.close();
  const { undone, torn, saves } = found;
  return `${library}, power cuts on ${system}: ${count} cuts, ${saves} acknowledged saves; ${undone} cuts undid an acknowledged save, ${torn} left a torn file`;
}

/** @param {LoopMount} mount @param {Saver} saver @param {() => number} random @param {string} name @param {{ undone: number, torn: number, saves: number }} found */
async function cutOnce(mount, saver, random, name, found) {
  const path = join(mount.folder, 'model.pt');
  const sums = [sumOf(path), await saveOnce(saver, path, `${name} first`)];
  let acknowledged = 1;
  const cut = await mount.arm();
  const state = { gone: false };
  const cutting = new Promise((done) => setTimeout(done, 60 * random())).then(cut).then(() => {
    state.gone = true;
  });
  while (!state.gone) {
    const seed = `${name} ${sums.length}`;
    sums.push(sha256(weightsOf(seed, BYTES)));
    if ((await saver.save(path, seed, BYTES)) !== null) break;
    acknowledged = sums.length - 1;
  }
  await cutting;
  await saver.close();
  if (!mount.unmount()) throw new Error(`${mount.folder} cannot be unmounted`);
  mount.mount();
  found.saves += acknowledged;
  const left = sums.indexOf(sumOf(path));
  if (left < 0) found.torn += 1;
  else if (left < acknowledged) found.undone += 1;
}

/** @param {string} path */
function sumOf(path) {
  return existsSync(path) ? sha256(readFileSync(path)) : 'no file';
}

/** @param {Saver} saver @param {string} path @param {string} seed @returns {Promise<string>} the checksum of what was saved */
async function saveOnce(saver, path, seed) {
  const error = await saver.save(path, seed, BYTES);
  if (error !== null) throw new Error(error);
  return sha256(weightsOf(seed, BYTES));
}

/** A save over a good file where only a part of it fits. @param {string} folder @param {string} installed @param {string} library @param {number} count */
async function fillDisk(folder, installed, library, count) {
  const disk = join(folder, 'little');
  mkdirSync(disk, { recursive: true });
  let lied = 0;
  for (let round = 0; round < count; round += 1) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    const saver = new Saver(installed, library);
    const path = join(disk, 'model.pt');
    await saver.save(path, 'good', 900_000);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 40_960 * (1 + (round % 20))));
    const error = await saver.save(path, 'next', 900_000);
    if (error === null && sha256(readFileSync(path)) !== sha256(weightsOf('next', 900_000))) lied += 1;
    await saver.close();
    execFileSync('umount', [disk]);
  }
  return `${library}, full disk: ${count} saves over a good file; ${lied} were called done and left a part of it`;
}

/** Several meet one lock whose holder died. @param {string} folder @param {string} installed @param {number} count */
async function meetAtStaleLock(folder, installed, count) {
  let double = 0;
  for (let round = 0; round < count; round += 1) {
    const file = join(folder, `locked-${round}`);
    writeFileSync(file, '');
    mkdirSync(`${file}.lock`);
    utimesSync(`${file}.lock`, 1, 1);
    if ((await holders(installed, file)) > 1) double += 1;
  }
  return `proper-lockfile, ${LOCKERS} processes at one stale lock: ${count} rounds; in ${double} more than one held it`;
}

/** @param {string} installed @param {string} file */
async function holders(installed, file) {
  const children = Array.from({ length: LOCKERS }, () =>
    spawn(process.execPath, [program('lock'), installed, file], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const said = children.map((child) => once(child.stdout, 'data'));
  for (const child of children) child.stdin.write('now\n');
  const answers = (await Promise.all(said)).map(([text]) => `${text}`.trim());
  for (const child of children) child.kill('SIGKILL');
  return answers.filter((answer) => answer === 'held').length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  report(await compareOthers(Number(values.count ?? 60), Number(values.seed ?? 1)));
}
