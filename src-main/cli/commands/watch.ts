import { stringifyJson } from '../../../shared/model/json.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type WatchEvent, WatchReporter } from '../watch-reporter.ts';
import { loadRun, openingOf, type WritingOptions } from './load-run.ts';

/** `cairn watch`: one line for each version that appears, changes or goes, until it is interrupted; what others were cut off in is settled meanwhile. */
export async function watch(folder: string, options: WritingOptions): Promise<ExitCode> {
  const manager = await loadRun(folder, openingOf(options));
  const reporter = new WatchReporter(manager, (event) =>
    process.stdout.write(format(event, options.json ?? false)),
  );
  manager.subscribe((event) => reporter.take(event));
  manager.follow();
  await interrupted();
  manager.close();
  return exitCodes.done;
}

function format(event: WatchEvent, json: boolean): string {
  if (json) return `${stringifyJson({ ...event, at: new Date().toISOString() })}\n`;
  const what = event.problem ?? event.detail ?? event.version?.integrity.state ?? '';
  return `${event.event.padEnd(8)} ${escapeName(event.id ?? '', 400)} ${escapeName(what, 400)}`
    .trimEnd()
    .concat('\n');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    process.stdout.once('error', () => resolve());
  });
}
