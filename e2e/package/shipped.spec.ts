import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drivenPackage, sandboxFlags, shippedPackage } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

/** The fuses in the order of their wire (schema 1), and how each must be. Old runtimes lack the last. */
const sealed = [
  ['RunAsNode', 'off'],
  ['EnableCookieEncryption', 'on'],
  ['EnableNodeOptionsEnvironmentVariable', 'off'],
  ['EnableNodeCliInspectArguments', 'off'],
  ['EnableEmbeddedAsarIntegrityValidation', 'on'],
  ['OnlyLoadAppFromAsar', 'on'],
  ['LoadBrowserProcessSpecificV8Snapshot', 'off'],
  ['GrantFileProtocolExtraPrivileges', 'off'],
  ['WasmTrapHandlers', 'on'],
] as const;

/** Every byte of the wire, as the words above; anything else as it stands. */
function readWire(binary: Buffer): string[] {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const start = binary.indexOf(sentinel) + sentinel.length;
  const [version, length = 0] = binary.subarray(start);
  expect([version, binary.indexOf(sentinel, start)]).toEqual([1, -1]);
  const words: Record<string, string> = { '0': 'off', '1': 'on' };
  return [...binary.subarray(start + 2, start + 2 + length).toString('latin1')].map(
    (state) => words[state] ?? state,
  );
}

interface Ended {
  code: number | null;
  output: string;
}

/** Runs the shipped app to its end, as anyone outside it sees it. */
function runShipped(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(shippedPackage, [...sandboxFlags(), ...args], { env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, output }));
  });
}

test('28: the fuses of the shipped app read exactly as they were designed', async () => {
  const wire = readWire(await readFile(shippedPackage));
  expect(wire.length).toBeGreaterThanOrEqual(8);
  expect(wire.map((state, index) => [sealed[index]?.[0], state])).toEqual(sealed.slice(0, wire.length));
});

test('what these tests drive differs from it in the inspector fuse alone', async () => {
  const [shipped, driven] = await Promise.all([readFile(shippedPackage), readFile(drivenPackage)]);
  expect(driven.length).toBe(shipped.length);
  const different = readWire(driven).flatMap((state, index) =>
    state === readWire(shipped)[index] ? [] : [sealed[index]?.[0]],
  );
  expect(different).toEqual(['EnableNodeCliInspectArguments']);
  const asar = 'resources/app.asar';
  const [ours, theirs] = await Promise.all(
    [shippedPackage, drivenPackage].map((path) => readFile(join(path, '..', asar))),
  );
  expect(ours?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
});

test('the shipped app opens a run, says what it runs on, and ends cleanly', async () => {
  const userData = await tempFolder('shipped');
  const picture = join(userData, 'picture.png');
  const { code, output } = await runShipped([
    `--user-data-dir=${userData}`,
    `--screenshot=${picture}`,
    await copySampleRun(),
  ]);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/Cairn \d+\.\d+\.\d+ on Electron \d+/);
  expect(output).toContain(`wrote ${picture}`);
  expect((await stat(picture)).size).toBeGreaterThan(20_000);
});

test('29: the shipped app lets no debugger in and does not run as Node', async () => {
  const userData = await tempFolder('shipped');
  const args = [`--user-data-dir=${userData}`, `--screenshot=${join(userData, 'picture.png')}`];
  const hostile = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nothing/here.cjs' };
  const { code, output } = await runShipped(['--inspect=0', ...args], hostile);
  expect(code).toBe(0);
  expect(output).toMatch(/Cairn \d+\.\d+\.\d+ on Electron/);
  expect(output).not.toContain('Debugger listening');
});
