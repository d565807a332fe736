import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOwnFiles } from './own-files.mjs';

test('what the app runs is written down, and not the data beside it', async () => {
  const resources = mkdtempSync(join(tmpdir(), 'cairn-own-files-'));
  for (const path of ['app.asar', 'app.asar.unpacked/native/lock.node', 'cli/cairn.js', 'sample-run/a.pt']) {
    mkdirSync(dirname(join(resources, path)), { recursive: true });
    writeFileSync(join(resources, path), '');
  }
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(await hashOwnFiles(resources)).toEqual({
    'app.asar': empty,
    'app.asar.unpacked/native/lock.node': empty,
    'cli/cairn.js': empty,
  });
});
