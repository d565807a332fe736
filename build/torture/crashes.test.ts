import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CoreProcess } from './core-process.mjs';
import { crashOf } from './crashes.mjs';
import { TriedRun } from './tried-run.mjs';

const end = { code: 0, signal: null, out: '', err: '', ms: 1 };
const trace =
  'file:///app/cli/cairn.js:1\nError: ENOSPC: injected\n    at write (file:///app/cli/cairn.js:1:2)\n\nNode.js v24.1.0\n';

test.each([
  { what: 'an exception that nobody caught', ...end, code: 1, err: trace },
  { what: 'a stack beside a line of its own', ...end, code: 3, err: `cairn: it failed\n${trace}` },
  { what: 'a stack after all was done', ...end, err: trace },
  { what: 'a failure without a word', ...end, code: 1 },
  { what: 'a code that no command has', ...end, code: 134, err: 'cairn: it failed\n' },
  { what: 'a signal', ...end, code: null, signal: 'SIGSEGV', err: 'cairn: it failed\n' },
])('$what is a crash of the program', (crashed) => {
  expect(crashOf(crashed)).toEqual([expect.stringMatching(/^the program crashed: /)]);
});

test.each([
  { what: 'what was done', ...end },
  { what: 'a refusal', ...end, code: 2, err: 'cairn: wrong — call — it otherwise\n' },
  { what: 'what was done in part', ...end, code: 1, err: 'left out a.pt: it changed while it was copied\n' },
  { what: 'a kill', ...end, code: null, signal: 'SIGKILL' },
  { what: 'a kill, as a shell tells it', ...end, code: 137 },
  { what: 'a failure that is told', ...end, code: 3, err: 'cairn: it failed — why — fix that\n' },
])('$what is none', (told) => {
  expect(crashOf(told)).toEqual([]);
});

/** A process of a core of which every call ends like this. */
function coreThat(look: string): { core: CoreProcess; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'core.mjs');
  writeFileSync(path, `export class ModelManager { look() { ${look}; return new Promise(() => {}); } }`);
  return { core: new CoreProcess(path), folder };
}

const order = { order: { call: 'empty', args: {} }, predict: (view: unknown) => view as never };

test('a process that ends under an operation by itself is a fault', async () => {
  const { core, folder } = coreThat('setImmediate(() => process.exit(1))');
  const { faults } = await new TriedRun(core, join(folder, 'run')).perform(order);
  expect(faults).toEqual(['empty: the process ended by itself']);
});
