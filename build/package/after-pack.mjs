import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOwnFiles } from './own-files.mjs';

/**
 * Takes out what electron-builder leaves in when it is given an unpacked Electron: the app that runs folders named on the
 * command line, which has no place in what is shipped. Then writes down what the rest is, for find-changed-files.ts.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function finishPackage({ packager, appOutDir }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
  const hashes = await hashOwnFiles(resources);
  await writeFile(join(resources, 'own-files.json'), `${JSON.stringify(hashes, null, 2)}\n`);
}
