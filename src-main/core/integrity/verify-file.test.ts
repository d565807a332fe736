import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { formatCount } from '../formats/plain-text.ts';
import { lookIntoFile } from './look-into-file.ts';
import type { Claim } from './verification.ts';
import { verifyFile } from './verify-file.ts';

const bytes = writeTorchZip([200]);
const hash = sha256(bytes);

/** A model on disk, and what is on record of it. */
const faultIn = async (claim: Claim) => (await lookIntoFile({ ...claim, isUnasked: false })).fault;

function model(rest: Partial<Claim> = {}): Claim {
  const path = put(temporaryFolder(), 'a.pt', bytes);
  return { id: 'a.pt', path, expected: hash, recordedSize: bytes.length, previous: null, ...rest };
}

/** Flips one bit of the weights, which leaves the structure whole. */
function flipBit(path: string): void {
  const contents = readFileSync(path);
  const place = contents.indexOf('data/0') + 200;
  contents.writeUInt8(contents.readUInt8(place) ^ 1, place);
  writeFileSync(path, contents);
}

describe('a file is', () => {
  test('verified when each byte is as it was when its checksum was taken', async () => {
    const claim = model();
    const { id, identity, recorded, integrity } = await verifyFile(claim);
    expect(integrity).toMatchObject({ state: 'verified', expected: hash, actual: hash, cause: null });
    expect(Date.parse(integrity.checked_at ?? '')).toBeGreaterThan(0);
    expect([id, identity?.ino, recorded]).toEqual(['a.pt', statSync(claim.path).ino, hash]);
  });

  test('unsealed when it is whole and no checksum is on record', async () => {
    expect((await verifyFile(model({ expected: null }))).integrity).toMatchObject({
      state: 'unsealed',
      actual: hash,
    });
  });

  test('a mismatch, changed, when it was written again', async () => {
    const claim = model();
    const previous = await verifyFile(claim);
    flipBit(claim.path);
    utimesSync(claim.path, 1, 1);
    const { integrity } = await verifyFile({ ...claim, previous });
    expect(integrity).toMatchObject({ state: 'mismatch', cause: 'changed', expected: hash });
  });

  test.each([hash, null])(
    'a mismatch, bit rot, when its bytes moved and neither size nor time did (on record: %s)',
    async (expected) => {
      const claim = model({ expected });
      utimesSync(claim.path, 1000, 1000);
      const previous = await verifyFile(claim);
      flipBit(claim.path);
      utimesSync(claim.path, 1000, 1000);
      const first = await verifyFile({ ...claim, previous });
      expect(first.integrity).toMatchObject({ state: 'mismatch', cause: 'bit-rot', expected: hash });
      const again = await verifyFile({ ...claim, previous: first });
      expect(again.integrity).toMatchObject({ state: 'mismatch', cause: 'bit-rot', expected: hash });
    },
  );

  test('a mismatch without any checksum when a member’s own CRC says so', async () => {
    const claim = model({ expected: null, recordedSize: null });
    flipBit(claim.path);
    expect((await verifyFile(claim)).integrity).toMatchObject({
      state: 'mismatch',
      detail: expect.stringContaining('data/0'),
    });
  });

  test('torn, with the bytes there are of those there should be, when its end is missing', async () => {
    const claim = model();
    truncateSync(claim.path, 700);
    const { integrity } = await verifyFile(claim);
    const sizes = `700 of ${formatCount(bytes.length)} bytes`;
    expect(integrity).toMatchObject({
      state: 'torn',
      expected: hash,
      detail: expect.stringContaining(sizes),
    });
  });

  test('unsealed when it is packed and unpacks to its end, torn when anything is missing or flipped', async () => {
    const folder = temporaryFolder();
    const packed = gzipSync(bytes);
    const look = async (contents: Buffer) => {
      const path = put(folder, 'a.pt.gz', contents);
      return (await verifyFile({ id: 'a.pt.gz', path, expected: null, recordedSize: null, previous: null }))
        .integrity;
    };
    expect(await look(packed)).toMatchObject({ state: 'unsealed', detail: null, actual: sha256(packed) });
    const flipped = Buffer.from(packed);
    flipped.writeUInt8(flipped.readUInt8(packed.length - 20) ^ 1, packed.length - 20);
    for (const damaged of [packed.subarray(0, packed.length - 1), packed.subarray(0, 40), flipped]) {
      expect(await look(damaged)).toMatchObject({
        state: 'torn',
        actual: sha256(damaged),
        detail: `${formatCount(damaged.length)} bytes: its compressed data is damaged, or its end is missing`,
      });
    }
  });

  test('missing when it is gone, and when its folder has become a file', async () => {
    const claim = model();
    rmSync(claim.path);
    expect((await verifyFile(claim)).integrity).toMatchObject({ state: 'missing', expected: hash });
    const below = join(put(temporaryFolder(), 'file', ''), 'a.pt');
    expect((await verifyFile({ ...claim, path: below })).integrity.state).toBe('missing');
  });

  test('unreadable, and never opened, when it is a pipe, a folder or a link', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.pt')]);
    mkdirSync(join(folder, 'folder.pt'));
    symlinkSync(put(folder, 'real.pt', bytes), join(folder, 'link.pt'));
    for (const name of ['pipe.pt', 'folder.pt', 'link.pt']) {
      const { integrity } = await verifyFile(model({ path: join(folder, name) }));
      expect(integrity).toMatchObject({
        state: 'unreadable',
        detail: expect.stringContaining('not a regular file'),
      });
      expect(await faultIn(model({ path: join(folder, name) }))).toMatchObject({
        state: 'unreadable',
      });
    }
  });

  test('being written when it grows while it is read, and when it grows on after it looked torn', async () => {
    const claim = model({ expected: null });
    const { integrity } = await verifyFile(claim, { onBytes: () => appendFileSync(claim.path, 'more') });
    expect(integrity).toMatchObject({ state: 'writing', actual: null, checked_at: null });
    const half = model();
    truncateSync(half.path, 700);
    setTimeout(() => writeFileSync(half.path, bytes), 100);
    expect((await verifyFile(half)).integrity.state).toBe('writing');
  });
});

test('reading tells of each byte once, and stops when told to, even between the two looks', async () => {
  const claim = model();
  let told = 0;
  await verifyFile(claim, {
    onBytes: (count) => {
      told += count;
    },
  });
  expect(told).toBe(bytes.length);
  truncateSync(claim.path, 700);
  const stop = new AbortController();
  const verifying = verifyFile(claim, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 60);
  await expect(verifying).rejects.toThrow();
});

describe('a look at the structure alone', () => {
  test('says nothing of a whole file, whatever its hash', async () => {
    const claim = model({ expected: 'b'.repeat(64) });
    expect(await faultIn(claim)).toBeNull();
  });

  test('names what is torn with both sizes, and what cannot be read', async () => {
    const claim = model();
    truncateSync(claim.path, 700);
    expect(await faultIn(claim)).toMatchObject({
      state: 'torn',
      expected: hash,
      detail: expect.stringMatching(/^700 of /),
    });
    rmSync(claim.path);
    expect(await faultIn(claim)).toMatchObject({ state: 'unreadable' });
  });
});
