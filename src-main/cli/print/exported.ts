import type { ExportedOutput } from '../../../shared/model/inspect-output.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { formatBytes } from './format-values.ts';

/** What was written, for people. */
export function* exportedLines({
  path,
  tensors,
  bytes,
  left_out: leftOut,
}: ExportedOutput): Generator<string> {
  yield `${escapeName(path, 400)}: ${plural(tensors, 'tensor')}, ${formatBytes(bytes)}\n`;
  for (const name of leftOut) yield `  left out  ${escapeName(name, 400)}\n`;
}
