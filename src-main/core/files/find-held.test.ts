import { closeSync, openSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identityOf, lookAt } from './file-identity.ts';
import { findHeld } from './find-held.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const isLinux = process.platform === 'linux';

function heldIn(folder: string, ids: readonly string[]): string[] {
  const files = ids.map((id) => {
    const status = lookAt(join(folder, id));
    return { id, identity: status && identityOf(status) };
  });
  return [...findHeld(files, (id) => join(folder, id))];
}

function open(path: string, flags: string): () => void {
  const descriptor = openSync(path, flags);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  onTestFinished(close);
  return close;
}

test.runIf(isLinux)('a file is held for as long as a process has it open to write', () => {
  const folder = temporaryFolder();
  for (const name of ['written', 'appended', 'read', 'idle']) put(folder, name, 'x');
  const closings = [
    open(join(folder, 'written'), 'r+'),
    open(join(folder, 'appended'), 'a'),
    open(join(folder, 'read'), 'r'),
  ];
  const all = ['written', 'appended', 'read', 'idle', 'missing'];
  expect(heldIn(folder, all).sort()).toEqual(['appended', 'written']);
  for (const close of closings) close();
  expect(heldIn(folder, all)).toEqual([]);
});

test.runIf(isLinux)('another file of the same name is not', () => {
  const folder = temporaryFolder();
  put(folder, 'a/model.pt', 'x');
  put(folder, 'b/model.pt', 'x');
  open(join(folder, 'a/model.pt'), 'a');
  expect(heldIn(folder, ['a/model.pt', 'b/model.pt'])).toEqual(['a/model.pt']);
});

test.runIf(isLinux)('nobody is asked about a file that was not touched for ten minutes', () => {
  const folder = temporaryFolder();
  const path = put(folder, 'old', 'x');
  open(path, 'a');
  const before = Date.now() / 1000 - 601;
  utimesSync(path, before, before);
  expect(heldIn(folder, ['old'])).toEqual([]);
});
