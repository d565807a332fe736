import { closeSync, mkdtempSync, openSync, rmSync, writevSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { timeSideBySide } from './time-command.mjs';
import { torchFile } from './torch-file.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');
const layers = 32;
/** Of float32 in each layer: a gigabyte in all. */
const length = 8_000_000;

/** The passes of `cairn inspect --stats` over each storage, as a person would write them with numpy. */
const numpy = `
import sys, zipfile
import numpy as np
path = sys.argv[1]
with zipfile.ZipFile(path) as archive, open(path, 'rb') as file:
    for member in archive.infolist():
        if '/data/' not in member.filename: continue
        file.seek(member.header_offset)
        header = file.read(30)
        start = member.header_offset + 30 + int.from_bytes(header[26:28], 'little') + int.from_bytes(header[28:30], 'little')
        file.seek(start)
        a = np.fromfile(file, dtype='<f4', count=member.file_size // 4)
        counts = [np.isnan(a).sum(), np.isposinf(a).sum(), np.isneginf(a).sum(), (a == 0).sum()]
        finite = a if np.isfinite(a).all() else a[np.isfinite(a)]
        wide = finite.astype(np.float64)
        print(a.size, counts, wide.min(), wide.max(), wide.mean(), wide.std(), np.sqrt(np.dot(wide, wide)))
`;

/** @returns {Promise<Figure[]>} */
export async function benchTensors() {
  const place = mkdtempSync(join(tmpdir(), 'cairn-bench-tensors-'));
  try {
    const [one, other] = [join(place, 'one.pt'), join(place, 'other.pt')];
    writeCheckpoint(one, 0);
    writeCheckpoint(other, 0.01);
    return [await benchStatistics(one), await benchDiff(one, other)];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} path @param {number} moved how far its weights are from those of the other one */
function writeCheckpoint(path, moved) {
  const layer = Float32Array.from({ length }, (_, index) => {
    const weight = 0.05 * Math.sin(12.9898 * index) * Math.cos(0.37 * index);
    return weight + moved * Math.sin(78.233 * index);
  });
  const data = Buffer.from(layer.buffer);
  const storages = Array.from({ length: layers }, (_, index) => ({ key: String(index), data }));
  const file = openSync(path, 'w');
  for (const piece of torchFile('archive', storages, {}, 1)) writevSync(file, [piece]);
  closeSync(file);
}

/** @param {string} file @returns {Promise<Figure>} */
async function benchStatistics(file) {
  const { ours, theirs, ratio } = await timeSideBySide(
    [process.execPath, [cairn, 'inspect', file, '--stats', '--json']],
    ['python3', ['-c', numpy, file]],
    3,
  );
  return {
    what: '`cairn inspect --stats` of a 1 GB checkpoint, against numpy doing the same passes',
    value: `${ours.toFixed(2)} s against ${theirs.toFixed(2)} s (${(1 / ratio).toFixed(2)} × its speed)`,
    bar: '≥ 0.8 ×',
    met: 1 / ratio >= 0.8,
  };
}

/** @param {string} a @param {string} b @returns {Promise<Figure>} */
async function benchDiff(a, b) {
  const { ours, theirs, ratio } = await timeSideBySide(
    [process.execPath, [cairn, 'diff', a, b, '--json']],
    [process.execPath, [cairn, 'inspect', a, '--stats', '--json']],
    3,
  );
  return {
    what: '`cairn diff` of two 1 GB checkpoints, against `inspect --stats` of one',
    value: `${ours.toFixed(2)} s against ${theirs.toFixed(2)} s (${ratio.toFixed(2)} ×)`,
    bar: '≤ 2 ×',
    met: ratio <= 2,
  };
}
