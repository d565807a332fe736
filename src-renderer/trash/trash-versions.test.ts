import { afterEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { RunStore } from '../versions/run-store.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { trashVersions } from './trash-versions.ts';

afterEach(() => vi.unstubAllGlobals());

const store = () =>
  new RunStore('run', (() => undefined) as unknown as Bridge['request'], (flush) => flush());
const moved = { ok: true, value: { operation: null } };

test('more versions than a call takes arguments go to the trash at once', async () => {
  const request = vi.fn(async () => moved);
  vi.stubGlobal('window', { cairn: { request } });
  vi.stubGlobal('navigator', { userAgent: 'Linux' });
  const rows = Array<VersionRow>(300_000).fill(aRow(1));
  await trashVersions(store(), rows);
  expect(request).toHaveBeenCalledOnce();
});

test('a version whose way to the trash broke off can be moved there again', async () => {
  const request = vi.fn(async () => moved).mockRejectedValueOnce(new Error('the bridge is gone'));
  vi.stubGlobal('window', { cairn: { request } });
  vi.stubGlobal('navigator', { userAgent: 'Linux' });
  await expect(trashVersions(store(), [aRow(2)])).rejects.toThrow('the bridge is gone');
  await trashVersions(store(), [aRow(2)]);
  expect(request).toHaveBeenCalledTimes(2);
});
