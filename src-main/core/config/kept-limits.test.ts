import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAge, readSize, writeAge, writeSize } from '../../../shared/model/amounts.ts';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { changeKeptLimits, readKeptLimits } from './kept-limits.ts';
import { readSettings } from './settings.ts';

const unlimited = { maxAge: null, maxSize: null };

test('the defaults are said in words', () => {
  expect(readKeptLimits(temporaryFolder())).toEqual({
    limits: { trash: { maxAge: '7d', maxSize: '20 GB' }, backups: unlimited },
    problems: [],
  });
});

test('limits that are changed hold for runs that are opened then, and comments in the file stay', async () => {
  const data = temporaryFolder();
  put(data, 'settings.yaml', '# ours\ntrash: {max_age: 30d}\n');
  const limits = { trash: { maxAge: '2w', maxSize: null }, backups: { maxAge: null, maxSize: '1 TB' } };
  await changeKeptLimits(realDisk, data, limits);
  expect(readFileSync(join(data, 'settings.yaml'), 'utf8')).toContain('# ours');
  expect(readKeptLimits(data).limits).toEqual({ ...limits, trash: { maxAge: '14d', maxSize: null } });
  expect(readSettings(temporaryFolder(), data).settings.backups).toEqual({ age: null, bytes: 1e12 });
});

test('limits go where a section says nothing yet', async () => {
  const data = temporaryFolder();
  put(data, 'settings.yaml', 'trash:\nbackups: {}\n');
  const limits = { trash: { maxAge: '9d', maxSize: null }, backups: { maxAge: '8d', maxSize: null } };
  await changeKeptLimits(realDisk, data, limits);
  expect(readKeptLimits(data)).toEqual({ limits, problems: [] });
});

test('the folder of the app’s data is made when there is none', async () => {
  const data = join(temporaryFolder(), 'not', 'there');
  await changeKeptLimits(realDisk, data, { trash: unlimited, backups: unlimited });
  expect(readKeptLimits(data).limits).toEqual({ trash: unlimited, backups: unlimited });
});

test('what is no limit is refused, and so is a damaged file; the file stays as it is', async () => {
  const data = temporaryFolder();
  const change = (maxAge: string) =>
    changeKeptLimits(realDisk, data, { trash: { maxAge, maxSize: null }, backups: unlimited });
  put(data, 'settings.yaml', 'trash: {max_age: 30d}\n');
  await expect(change('soon')).rejects.toThrow('“soon” is no age');
  expect(readFileSync(join(data, 'settings.yaml'), 'utf8')).toBe('trash: {max_age: 30d}\n');
  for (const damaged of ['{{', 'just words', '- a list', 'backups: 20 GB\n', 'trash: [7d]\n']) {
    put(data, 'settings.yaml', damaged);
    await expect(change('7d')).rejects.toThrow('is damaged');
    expect(readFileSync(join(data, 'settings.yaml'), 'utf8')).toBe(damaged);
  }
});

test('an age and a size in words are what they were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: 0, max: 1e15 - 1 }), (age, size) => {
      expect(readAge(writeAge(age * 1000))).toBe(age * 1000);
      expect(readSize(writeSize(size))).toBe(size);
    }),
  );
});
