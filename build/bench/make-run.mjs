/**
 * Makes runs to measure with, the same bytes for the same seed: one of many small versions, one of few large ones.
 *
 *     node build/bench/make-run.mjs DIR --versions 100000 [--seed 1]
 *     node build/bench/make-run.mjs DIR --files 32 --bytes 67108864 [--seed 1]
 *
 * The files are whole: `torch.load` opens them, and the checksum in each sidecar is right.
 */

import { createCipheriv, createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writevSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { torchFile } from './torch-file.mjs';

/** @typedef {import('./torch-file.mjs').Storage} Storage */

const STORAGES_IN_A_BIG_FILE = 8;

/**
 * Numbers in [0, 1) from a seed (mulberry32).
 * @param {number} seed
 */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Bytes that do not compress, faster than a disk writes: a cipher over zeros.
 * @param {number} bytes
 * @param {number} seed
 */
function randomBytes(bytes, seed) {
  const key = createHash('sha256').update(`cairn ${seed}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/**
 * @param {number} index from 0, one minute apart
 * @returns {string} ISO 8601 without a zone
 */
function timestampOf(index) {
  return new Date(Date.UTC(2024, 0, 1, 9, 30) + index * 60_000).toISOString().slice(0, 19);
}

/**
 * A learning curve with noise; one evaluation in a hundred is NaN.
 * @param {() => number} random
 * @param {number} progress 0 to 1
 */
function measure(random, progress) {
  const reward = random() < 0.01 ? Number.NaN : 0.6 * Math.sqrt(progress) - 0.15 + 0.2 * (random() - 0.5);
  return {
    mean_reward: reward,
    sharpe: 3 * reward + 0.4 * (random() - 0.5),
    win_rate: 0.48 + 0.1 * progress * random(),
    total_return: reward * 1.3,
    max_drawdown: 0.25 - 0.1 * progress * random(),
    profit_factor: 1 + random() * progress,
    num_trades: 2000 + Math.floor(random() * 1000),
    policy_loss: 0.1 * (random() - 0.5),
    value_loss: 3 + 4 * random(),
    entropy: 1.1 - 0.5 * progress,
  };
}

/**
 * @param {number} version
 * @param {number} index
 * @param {ReturnType<typeof measure>} metrics
 */
function metadataOf(version, index, metrics) {
  return {
    version,
    timestamp: timestampOf(index),
    reward: metrics.mean_reward,
    symbol: ['AAPL', 'MSFT', 'ACME'][index % 3],
    day_quality: 0.8,
    episode_count: 4 * index,
    update_count: 16 * index,
    model_class: 'ActorCritic',
    model_config: { hidden: 24, activation: 'tanh' },
    metrics,
    evaluation_results: null,
    file_path: /** @type {string | null} */ (null),
    file_size_bytes: null,
    checksum: null,
    training_config: {
      algorithm: 'A2C',
      learning_rate: 0.001,
      gamma: 0.9,
      n_steps: 21,
      n_envs: 32,
      seed: 20240101,
    },
    notes: index % 50 === 0 ? 'Looked at by hand.' : null,
    tags: index % 10 === 0 ? ['baseline', 'candidate'] : [],
  };
}

/** @param {ReturnType<typeof metadataOf>} metadata @param {number} step */
function pathOf({ version, timestamp, reward }, step) {
  if (version === 0) return `checkpoints/checkpoint_step_${String(step).padStart(9, '0')}.pt`;
  const time = timestamp.replaceAll(/[-:]/g, '').replace('T', '_');
  const signed = reward.toFixed(4).replace('-', 'n').replace('NaN', 'nan');
  return `best_models/model_v${String(version).padStart(4, '0')}_reward${signed}_${time}.pt`;
}

/**
 * JSON as Python writes it: NaN bare.
 * @param {object} document
 */
function pythonJson(document) {
  const text = JSON.stringify(document, (_, value) => (Number.isNaN(value) ? 'NaN' : value), 2);
  return text.replaceAll('"NaN"', 'NaN');
}

/**
 * @param {string} path
 * @param {Buffer[]} pieces
 * @returns {{ file_size_bytes: number, checksum: string }}
 */
function writePieces(path, pieces) {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  const file = openSync(path, 'w');
  const written = writevSync(file, pieces);
  closeSync(file);
  return { file_size_bytes: written, checksum: hash.digest('hex') };
}

/**
 * Writes one version with its sidecar: a best model, or a checkpoint when `version` is 0.
 * @param {string} directory
 * @param {{ version: number, index: number, metrics: ReturnType<typeof measure>, storages: Storage[] }} save
 */
function writeVersion(directory, { version, index, metrics, storages }) {
  const step = 256 * (index + 1);
  const metadata = metadataOf(version, index, metrics);
  const path = pathOf(metadata, step);
  const name = path.slice(path.indexOf('/') + 1);
  const size = writePieces(join(directory, path), torchFile(name, storages, metadata, step));
  const sidecar = { ...metadata, file_path: `/home/trader/rl/outputs/2024-01-01/09-30-00/${path}`, ...size };
  writeFileSync(join(directory, path.replace(/\.pt$/, '.json')), pythonJson(sidecar));
}

/** @param {string} directory */
function makeFolders(directory) {
  for (const folder of ['best_models', 'checkpoints', '.hydra'])
    mkdirSync(join(directory, folder), { recursive: true });
  const storage =
    'max_best_models: 8\n    best_model_selection_metric: sharpe\n    best_model_selection_mode: max';
  writeFileSync(join(directory, '.hydra/config.yaml'), `model:\n  storage:\n    ${storage}\n`);
}

/**
 * A run of many versions with sidecars of 1 KB and models of 2 KB, by turns a checkpoint and a best model.
 * @param {string} directory
 * @param {{ versions: number, seed?: number }} options
 */
export function makeRun(directory, { versions, seed = 1 }) {
  const random = randomNumbers(seed);
  makeFolders(directory);
  for (let index = 0; index < versions; index += 1) {
    const data = Buffer.alloc(64);
    for (let at = 0; at < data.length; at += 4) data.writeFloatLE(random() - 0.5, at);
    const version = index % 2 === 0 ? 0 : (index + 1) / 2;
    writeVersion(directory, {
      version,
      index,
      metrics: measure(random, index / versions),
      storages: [{ key: '0', data }],
    });
  }
}

/**
 * A run of `count` best models with `bytes` of weights each (a multiple of 32), and their sidecars.
 * @param {string} directory
 * @param {number} count
 * @param {number} bytes
 * @param {number} [seed]
 */
export function makeBigFiles(directory, count, bytes, seed = 1) {
  const random = randomNumbers(seed);
  const share = bytes / STORAGES_IN_A_BIG_FILE;
  makeFolders(directory);
  for (let index = 0; index < count; index += 1) {
    const weights = randomBytes(bytes, seed * 1000 + index);
    const storages = Array.from({ length: STORAGES_IN_A_BIG_FILE }, (_, part) => ({
      key: String(part),
      data: weights.subarray(part * share, (part + 1) * share),
    }));
    writeVersion(directory, { version: index + 1, index, metrics: measure(random, index / count), storages });
  }
}

function main() {
  const number = /** @type {const} */ ({ type: 'string' });
  const options = {
    versions: number,
    files: number,
    bytes: { ...number, default: '67108864' },
    seed: { ...number, default: '1' },
  };
  const { positionals, values } = parseArgs({ allowPositionals: true, options });
  const [directory] = positionals;
  const seed = Number(values.seed);
  if (directory !== undefined && values.files !== undefined)
    makeBigFiles(directory, Number(values.files), Number(values.bytes), seed);
  else if (directory !== undefined && values.versions !== undefined)
    makeRun(directory, { versions: Number(values.versions), seed });
  else {
    console.error('Usage: make-run.mjs DIR --versions N | --files N [--bytes N] [--seed N]');
    process.exitCode = 2;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
