import { appendFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { makeVersion } from '../../../shared/model/version.fixture.ts';
import { inPlace } from '../catalog/identity-of-folder.ts';
import { listVersion } from '../catalog/listed-version.ts';
import { identityOf } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findIntact } from './find-intact.ts';
import { findWriting } from './find-writing.ts';

const standing = (state: Integrity['state']): Integrity => ({ ...bareIntegrity(state), checked_at: '2024' });

describe('the first intact version', () => {
  test('is read before it is named, unless its verification stands; those passed over are named with the reason', async () => {
    const known: Record<string, Integrity | undefined> = {
      a: { ...standing('mismatch'), detail: 'bit rot' },
      b: bareIntegrity('unverified'),
      c: undefined,
      d: standing('unsealed'),
      e: bareIntegrity('unverified'),
    };
    const candidates = Object.keys(known).map((id) => ({ id, integrity: () => known[id] }));
    const verify = vi.fn(async () => standing('torn'));
    expect(await findIntact(candidates, verify)).toEqual({
      id: 'd',
      passedOver: [
        { id: 'a', why: 'mismatch: bit rot' },
        { id: 'b', why: 'torn' },
        { id: 'c', why: 'torn' },
      ],
    });
    expect(verify.mock.calls).toEqual([['b'], ['c']]);
  });

  test('is none where none is intact', async () => {
    const torn = [{ id: 'a', integrity: () => bareIntegrity('torn') }];
    const found = await findIntact(torn, async () => standing('torn'));
    expect(found).toEqual({ id: null, passedOver: [{ id: 'a', why: 'torn' }] });
    expect(await findIntact([], async () => standing('verified'))).toEqual({ id: null, passedOver: [] });
  });
});

describe('a file is being written', () => {
  const listed = (run: string, id: string) => {
    const status = statSync(join(run, id));
    const { integrity, ...record } = makeVersion({ id });
    const facts = {
      time: null,
      modifiedAt: status.mtimeMs,
      identity: identityOf(status),
      recordedSize: null,
      companions: [],
      companionState: 0,
      fault: null,
      contradicted: false,
    };
    return listVersion({ record, integrity, ...facts }, 'reward');
  };

  test('when two looks differ; a fresh time alone is not writing', async () => {
    const run = temporaryFolder();
    const names = ['growing.pt', 'fresh.pt', 'old.pt'];
    for (const name of names) put(run, name, 'x');
    utimesSync(join(run, 'old.pt'), 1, 1);
    const versions = names.map((name) => listed(run, name));
    setTimeout(
      () =>
        names
          .filter((name) => name !== 'fresh.pt')
          .forEach((name) => void appendFileSync(join(run, name), 'more')),
      50,
    );
    const writing = await findWriting(versions, inPlace(run, defaultStorageConfig));
    expect([...writing]).toEqual([['growing.pt', bareIntegrity('writing', 'being written: 5 bytes so far')]]);
  });

  test('never in a run that nobody wrote to lately, which costs no waiting', async () => {
    const run = temporaryFolder();
    utimesSync(put(run, 'old.pt', 'x'), 1, 1);
    const versions = [listed(run, 'old.pt')];
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const started = performance.now();
      expect((await findWriting(versions, inPlace(run, defaultStorageConfig))).size).toBe(0);
      times.push(performance.now() - started);
    }
    expect(Math.min(...times)).toBeLessThan(150);
  });
});
