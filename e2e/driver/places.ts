import { join } from 'node:path';

/** The checkout, the app as it is built, and the packages made of it. */
export const checkout = join(import.meta.dirname, '../..');
export const builtApp = join(checkout, 'app');
/** What holds an app that is not packaged until the driver is attached. */
export const holdUntilDriven = join(import.meta.dirname, 'hold-until-driven.cjs');
export const shippedPackage = join(checkout, 'dist/linux-unpacked/cairn');
export const drivenPackage = join(checkout, 'dist/e2e/linux-unpacked/cairn');

/** What runs the example of a training. */
export const example = join(checkout, 'build/example.mjs');

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
