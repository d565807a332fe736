import { afterEach, expect, test, vi } from 'vitest';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { markVersions } from './mark-versions.ts';

afterEach(() => vi.unstubAllGlobals());

test('more versions than a call takes arguments are marked at once', async () => {
  const request = vi.fn(async () => ({ ok: true, value: { marks: 'm' } }));
  vi.stubGlobal('window', { cairn: { request } });
  vi.stubGlobal('navigator', { userAgent: 'Linux' });
  const rows = Array<VersionRow>(300_000).fill(aRow(1));
  expect(await markVersions(rows, { pinned: true })).toBe(true);
  expect(request).toHaveBeenCalledOnce();
});
