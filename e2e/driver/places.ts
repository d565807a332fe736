import { join } from 'node:path';

/** The checkout, the app as it is built, and the packages made of it. */
const root = join(import.meta.dirname, '../..');
export const builtApp = join(root, 'app');
/** What holds an app that is not packaged until the driver is attached. */
export const holdUntilDriven = join(import.meta.dirname, 'hold-until-driven.cjs');
export const shippedPackage = join(root, 'dist/linux-unpacked/cairn');
export const drivenPackage = join(root, 'dist/e2e/linux-unpacked/cairn');

/** What runs the example of a training. */
export const example = join(root, 'build/example.mjs');

/** The Electron to run app/ on; `npm run e2e` finds it and says so here. */
export function electronPath(): string {
  const { CAIRN_ELECTRON } = process.env;
  if (!CAIRN_ELECTRON) throw new Error('CAIRN_ELECTRON is not set: start these tests with npm run e2e');
  return CAIRN_ELECTRON;
}

/** Chromium refuses to run as root with its sandbox on. */
export function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
