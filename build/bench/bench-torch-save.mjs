import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/places.mjs';
import { compareInTurns } from './compare-in-turns.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const python = '/usr/bin/python3';
/** 16 tensors of float32: 1 GB. */
const [tensors, elements] = [16, 15_625_000];

const tensorsInPython = `
import os, sys, time, torch
path, tensors, elements = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
state = {f"layer{n}": torch.arange(n, n + elements, dtype=torch.float32) for n in range(tensors)}
`;
const save = `${tensorsInPython}
started = time.perf_counter()
torch.save({"model_state_dict": state}, path)
descriptor = os.open(path, os.O_RDONLY)
os.fsync(descriptor)
print(time.perf_counter() - started)`;
const check = `${tensorsInPython}
saved = torch.load(path)["model_state_dict"]
print(saved.keys() == state.keys() and all(torch.equal(saved[key], state[key]) for key in state))`;

/** A model of 1 GB in memory, saved as `.pt` by both. @returns {Promise<Figure[]>} */
export async function benchTorchSave() {
  const what =
    'a durable save of 1 GB of tensors as `.pt`, against `torch.save` and `fsync` of the same tensors';
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) {
    const value = 'not measured: PyTorch is not installed (apt-get install python3-torch)';
    return [{ what, value, bar: '≤ 1.25 ×', met: false }];
  }
  const place = mkdtempSync(join(tmpdir(), 'cairn-bench-torch-'));
  try {
    const [run, theirs] = [join(place, 'run'), join(place, 'theirs.pt')];
    const saveOurs = await ourSave(run, join(place, 'data'));
    const clear = () => {
      for (const path of [run, theirs]) rmSync(path, { recursive: true, force: true });
      mkdirSync(run);
    };
    let ours = '';
    const figure = await compareInTurns(
      what,
      1.25,
      async () => {
        ours = await saveOurs();
      },
      () => Number(inPython(save, theirs)),
      clear,
    );
    if (inPython(check, ours) !== 'True') throw new Error('PyTorch reads other tensors than were saved');
    return [figure];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} run @param {string} appData @returns {Promise<() => Promise<string>>} what saves; the path of the model */
async function ourSave(run, appData) {
  const { ModelManager, tensorOf } = await import(pathToFileURL(join(root, 'app/core/index.js')).href);
  const layers = Array.from({ length: tensors }, (_, layer) => {
    const values = new Float32Array(elements);
    for (let at = 0; at < elements; at += 1) values[at] = layer + at;
    return [`layer${layer}`, tensorOf(values)];
  });
  const model = Object.fromEntries(layers);
  return async () => {
    const manager = new ModelManager(run, { appData });
    const { id } = await manager.saveBestModel({ source: { model }, reward: 1 });
    manager.close();
    return join(run, id);
  };
}

/** @param {string} program @param {string} path @returns {string} */
function inPython(program, path) {
  const args = ['-c', program, path, String(tensors), String(elements)];
  return execFileSync(python, args, { encoding: 'utf8' }).trim();
}
