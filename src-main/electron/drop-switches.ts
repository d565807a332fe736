import { url as inspectorUrl } from 'node:inspector';
import type { CommandLine } from 'electron';

/** Switches of the runtime that let others in, or take protections away. */
const unwanted = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'disable-web-security',
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'disable-site-isolation-trials',
  'load-extension',
  'js-flags',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'log-net-log',
];

/**
 * Takes them off the command line of what is shipped, before the runtime reads them. Where Node's inspector is open, as no shipped
 * app can have it, a test drives the app.
 */
export function dropSwitches(
  commandLine: Pick<CommandLine, 'hasSwitch' | 'removeSwitch'>,
  inspected = inspectorUrl() !== undefined,
): void {
  if (inspected) return;
  for (const name of unwanted.filter((one) => commandLine.hasSwitch(one))) {
    commandLine.removeSwitch(name);
    console.error(`--${name} has no effect here`);
  }
}
