import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { timeSideBySide } from './time-command.mjs';

const cairn = join(root, 'app/cli/cairn.js');
const scan = `
import json, os, sys
for folder in ('best_models', 'checkpoints'):
    with os.scandir(os.path.join(sys.argv[1], folder)) as entries:
        for entry in entries:
            if entry.name.endswith('.json'):
                with open(entry.path) as file: json.load(file)
`;

/** @param {string} run a run of many versions @returns {Promise<import('./bench.mjs').Figure[]>} */
export async function benchListing(run) {
  const ours = /** @type {[string, string[]]} */ ([process.execPath, [cairn, 'ls', run, '--json']]);
  const {
    ours: seconds,
    theirs,
    ratio,
    peakBytes,
  } = await timeSideBySide(ours, ['/usr/bin/python3', ['-c', scan, run]], 3);
  return [
    {
      what: '`cairn ls --json`, 100,000 versions, against a Python loop of scandir and json.load',
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
