import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { drivenPackage } from '../driver/places.ts';
import { tempFolder } from '../driver/temp-folder.ts';

/** A package of our own, and what starts it. */
async function copyPackage(): Promise<{ copy: string; start: () => Promise<Cairn> }> {
  const copy = join(await tempFolder('changed'), 'cairn');
  await cp(dirname(drivenPackage), copy, { recursive: true });
  const start = async () => {
    const cairn = await launchCairn({ packaged: join(copy, 'cairn') });
    await cairn.page.getByRole('button', { name: 'Open the sample run' }).waitFor();
    return cairn;
  };
  return { copy, start };
}

/** Changes a byte of the app that it does not run by: in the texts of licences. */
async function changeByte(copy: string): Promise<void> {
  const archive = join(copy, 'resources/app.asar');
  const bytes = await readFile(archive);
  const place = bytes.lastIndexOf('Permission is hereby granted');
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  await writeFile(archive, bytes);
}

/** Reading a run takes longer than reading the app does. */
async function readSample({ page }: Cairn): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await page.getByRole('grid').waitFor();
  await page.locator('[data-version-id]').first().waitFor();
}

test('30: a byte of the app that changed since it was shipped is noticed at the start, and said', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere the fuse of the archive refuses to start');
  const { copy, start } = await copyPackage();
  const whole = await start();
  await readSample(whole);
  await expect(whole.page.getByRole('alert')).toHaveCount(0);
  expect(whole.log.join('\n')).not.toContain('not as it was shipped');
  await whole.close();

  await changeByte(copy);
  await rm(join(copy, 'resources/native'), { recursive: true });
  const changed = await start();
  await expect(changed.page.getByRole('alert')).toContainText(
    /this copy of Cairn is not as it was shipped — app\.asar, native\/.+ — install it again/,
  );
  await expect
    .poll(() => changed.log.join('\n'))
    .toContain('cairn: this copy of Cairn is not as it was shipped');
  await changed.close();
});

test('control: an app that does not compare itself says nothing of that byte', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere the fuse of the archive refuses to start');
  const { copy, start } = await copyPackage();
  const archive = join(copy, 'resources/app.asar');
  const bytes = await readFile(archive);
  const noted = 'changed.push(path)';
  const place = bytes.indexOf(noted);
  expect(place).toBeGreaterThan(0);
  bytes.write('void 0'.padEnd(noted.length), place);
  await writeFile(archive, bytes);
  await changeByte(copy);
  const cairn = await start();
  await readSample(cairn);
  await expect(cairn.page.getByRole('alert')).toHaveCount(0);
  expect(cairn.log.join('\n')).not.toContain('not as it was shipped');
  await cairn.close();
});
