import { expect, test } from 'vitest';
import { ascii, noise } from '../fixtures/bytes.ts';
import { writeTorchZip } from '../fixtures/write-torch.ts';
import { writeZip, type ZipMember } from '../fixtures/write-zip.ts';
import { readContents } from '../read-contents.ts';
import { bufferSource } from '../source.ts';

async function summaryOf(version: Partial<ZipMember>): Promise<string | undefined> {
  const name = '_stable_baselines3_version';
  const bytes = writeZip([
    { name: 'data', data: ascii('{"gamma": 0.9}') },
    { name: 'policy.pth', data: writeTorchZip() },
    { name, data: ascii('2.3.2\n'), ...version },
  ]);
  const { entries } = await readContents(bufferSource('best_model.zip', bytes));
  return entries.find(({ key }) => key === name)?.summary;
}

test('the version of stable-baselines3 that wrote a file is told', async () => {
  expect(await summaryOf({})).toBe('2.3.2');
  expect(await summaryOf({ deflated: true })).toBe('2.3.2');
});

test('what is no version in its place stays a file of so many bytes', async () => {
  expect(await summaryOf({ data: noise(20) })).toBe('20 bytes');
  expect(await summaryOf({ data: Buffer.alloc(100_000, '1') })).toBe('100,000 bytes');
  expect(await summaryOf({ data: noise(20), deflated: true })).toBe('20 bytes');
});
