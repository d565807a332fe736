import { basename } from 'node:path';
import type { WebContents } from 'electron';
import { UsageError } from '../core/errors.ts';
import { realDisk } from '../core/files/disk.ts';
import { writeNewFile } from '../core/files/write-new-file.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

const pngBegins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Writes a chart as the page drew it. */
export function createChartHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  askTarget: AskTarget,
): Pick<Handlers, 'saveChart'> {
  return {
    saveChart: async ({ runId, chart, kind, drawn }, from) => {
      const session = sessionOf(from);
      const { manager } = session.run(runId);
      const bytes = kind === 'png' ? readPng(drawn) : readSvg(drawn);
      const suggested = suggestName(`${basename(manager.root)}-${chart}`, kind, chart);
      const target = await askTarget(from, 'Export a chart', suggested, kind);
      if (target === null) return { written: null };
      const { path, size } = await writeNewFile(realDisk, target, [bytes]);
      return { written: session.written.tell(path, size) };
    },
  };
}

/** @param drawn a PNG in base64 @throws UsageError */
function readPng(drawn: string): Buffer {
  const bytes = Buffer.from(drawn, 'base64');
  if (!bytes.subarray(0, pngBegins.length).equals(pngBegins)) throw noChart();
  return bytes;
}

/** @throws UsageError */
function readSvg(drawn: string): Buffer {
  if (!drawn.startsWith('<svg ')) throw noChart();
  return Buffer.from(drawn);
}

function noChart(): UsageError {
  return new UsageError('cannot export the chart — the window sent something else — try again');
}
