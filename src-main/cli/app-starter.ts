import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What starts the desktop app: a program and the words before the paths. */
export interface Starter {
  program: string;
  words: readonly string[];
}

/** Seen from the command: in a built checkout it is `app/cli/cairn.js`, in an installed app `resources/cli/cairn.js`. */
const checkout = fileURLToPath(new URL('../../build/start.mjs', import.meta.url));
const installed: Partial<Record<NodeJS.Platform, string>> = {
  linux: '../../cairn',
  win32: '../../Cairn.exe',
  darwin: '../../MacOS/Cairn',
};

/** The desktop app that this command is of; null where there is none beside it. */
export function findStarter(): Starter | null {
  if (existsSync(checkout)) return { program: process.execPath, words: [checkout] };
  const place = installed[process.platform];
  const program = place === undefined ? null : fileURLToPath(new URL(place, import.meta.url));
  return program !== null && existsSync(program) ? { program, words: unsandboxed() } : null;
}

/** As root Chromium runs only without its sandbox. */
function unsandboxed(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
