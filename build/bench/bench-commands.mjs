import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { timeCommand, timeSideBySide } from './time-command.mjs';

const cairn = join(root, 'app/cli/cairn.js');
const scan = `
import json, os, sys
for folder in ('best_models', 'checkpoints'):
    with os.scandir(os.path.join(sys.argv[1], folder)) as entries:
        for entry in entries:
            if entry.name.endswith('.json'):
                with open(entry.path) as file: json.load(file)
`;

/**
 * @param {string} run a run of many versions
 * @param {() => void} forgetRuns takes the index of all runs away
 * @returns {Promise<import('./bench.mjs').Figure[]>}
 */
export async function benchListing(run, forgetRuns) {
  const ours = /** @type {[string, string[]]} */ ([process.execPath, [cairn, 'ls', run, '--json']]);
  const theirsToo = /** @type {[string, string[]]} */ (['/usr/bin/python3', ['-c', scan, run]]);
  await timeCommand(...theirsToo);
  const python = await timeCommand(...theirsToo);
  forgetRuns();
  const first = await timeCommand(...ours);
  const { ours: seconds, theirs, ratio, peakBytes: laterBytes } = await timeSideBySide(ours, theirsToo, 3);
  const peakBytes = Math.max(first.peakBytes, laterBytes);
  const firstRatio = first.seconds / python.seconds;
  return [
    {
      what: '`cairn ls --json`, 100,000 versions never read before, against a Python loop of scandir and json.load',
      value: `${first.seconds.toFixed(2)} s against ${python.seconds.toFixed(2)} s (${firstRatio.toFixed(2)} ×)`,
      bar: '≤ 1 ×',
      met: firstRatio <= 1,
    },
    {
      what: '… every later time',
      value: `${seconds.toFixed(2)} s against ${theirs.toFixed(2)} s (${ratio.toFixed(2)} ×)`,
      bar: '≤ 1 ×',
      met: ratio <= 1,
    },
    {
      what: 'its memory at most',
      value: `${Math.round(peakBytes / 1e6)} MB`,
      bar: '≤ 600 MB',
      met: peakBytes <= 600e6,
    },
  ];
}

/** @param {string} run a run of few large files @returns {Promise<import('./bench.mjs').Figure[]>} */
export async function benchVerify(run) {
  const files = readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.pt'),
  );
  const theirs = /** @type {[string, string[]]} */ ([
    'openssl',
    ['dgst', '-sha256', ...files.map((file) => join(run, file))],
  ]);
  rmSync(join(run, '.cairn'), { recursive: true, force: true });
  const {
    ours: seconds,
    theirs: other,
    ratio,
  } = await timeSideBySide([process.execPath, [cairn, 'verify', run]], theirs, 5);
  return [
    {
      what: '`cairn verify`, 32 files of 64 MB, against `openssl dgst -sha256`',
      value: `${seconds.toFixed(2)} s against ${other.toFixed(2)} s (${ratio.toFixed(2)} ×)`,
      bar: '≤ 0.65 ×',
      met: ratio <= 0.65,
    },
  ];
}
