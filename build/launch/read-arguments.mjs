import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** @type {import('node:util').ParseArgsConfig['options'] & {}} */
const OWN = {
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  logs: { type: 'boolean' },
  screenshot: { type: 'string' },
};

/**
 * What `npm start -- …` was asked for. `forwarded` goes to the app as it is.
 * @typedef {{ dev: boolean, help: boolean, logs: boolean, screenshot: string | undefined, forwarded: string[] }} StartArguments
 */

/**
 * Run folders and the screenshot become absolute, against the folder the person is in; flags of the app and of
 * Chromium pass unchanged.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {StartArguments}
 */
export function readArguments(args, cwd) {
  const { values, tokens } = parseArgs({ args, options: OWN, strict: false, tokens: true });
  const forwarded = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [resolve(cwd, token.value)];
    return token.kind === 'option' && !(token.name in OWN) ? [String(args[token.index])] : [];
  });
  const { dev = false, help = false, logs = false, screenshot: file } = values;
  const screenshot = typeof file === 'string' ? resolve(cwd, file) : undefined;
  if (screenshot !== undefined) forwarded.push(`--screenshot=${screenshot}`);
  return { dev: dev === true, help: help === true, logs: logs === true, screenshot, forwarded };
}
