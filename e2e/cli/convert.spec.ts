import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

interface Written {
  out: string;
  tensors: number;
  bytes: number;
  source_bytes: number;
  checksum: string;
  left_out: string[];
}

const inspect = (path: string) =>
  readJson(['inspect', path]) as Promise<{
    tensors: { name: string }[];
    problems: string[];
    entries: { key: string }[];
  }>;

test('convert writes the other format, or a slim file; nothing is written over', async () => {
  const model = join(await copySampleRun(), tenth);
  const folder = await tempFolder('convert');
  const out = (name: string) => join(folder, name);
  const tensors = (await readJson(['convert', model, out('m.safetensors')])) as Written;
  expect(tensors).toMatchObject({ out: out('m.safetensors'), left_out: ['optimizer_state_dict'] });
  const held = await inspect(out('m.safetensors'));
  expect([held.tensors.length, held.problems]).toEqual([tensors.tensors, []]);
  expect(held.tensors.map(({ name }) => name)).toContain('trunk.0.weight');

  const slim = (await readJson(['convert', model, out('slim.pt'), '--slim'])) as Written;
  expect(slim.source_bytes).toBe((await readFile(model)).length);
  expect(slim.bytes).toBeLessThan(slim.source_bytes);
  const again = (await readJson(['convert', out('m.safetensors'), out('back.pt')])) as Written;
  expect(again.tensors).toBe(tensors.tensors);

  const before = await readdir(folder);
  const taken = await runCli(['convert', model, out('slim.pt')]);
  expect(taken.code).toBe(2);
  expectOneLineError(taken.stderr);
  expect(await readdir(folder)).toEqual(before);
  const told = await runCli(['convert', model, out('told.pt'), '--slim']);
  expect(told.stdout).toMatch(
    /told\.pt: \d+ tensors, [\d.]+ kB, \d+ % less\n {2}left out {2}optimizer_state_dict\n$/,
  );
});

test('repair writes what a torn file still holds, marked; convert refuses it', async () => {
  const model = join(await copySampleRun(), tenth);
  const folder = await tempFolder('repair');
  const whole = await runCli(['repair', model, join(folder, 'a.pt')]);
  expect(whole.code).toBe(2);
  expectOneLineError(whole.stderr);
  await truncate(model, 12_000);
  const torn = await runCli(['convert', model, join(folder, 'a.pt')]);
  expect(torn.code).toBe(3);
  expectOneLineError(torn.stderr);
  expect(torn.stderr).toContain('cairn repair');
  expect(await readdir(folder)).toEqual([]);

  const repaired = (await readJson(['repair', model, join(folder, 'a.pt')])) as Written;
  const { tensors, problems, entries } = await inspect(join(folder, 'a.pt'));
  expect([tensors.length, problems]).toEqual([repaired.tensors, []]);
  expect(repaired.left_out.length).toBeGreaterThan(0);
  expect(entries.map(({ key }) => key)).toContain('cairn_repair');
});

test('a folder that is not there is named, and the file that was to be made in it', async () => {
  const model = join(await copySampleRun(), tenth);
  const folder = await tempFolder('convert');
  const out = join(folder, 'nodir/x.pt');
  const refused = await runCli(['convert', model, out]);
  expectOneLineError(refused.stderr);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    `cairn: cannot write ${out} — the folder ${join(folder, 'nodir')} is not there — make it, or name another\n`,
  ]);
});
