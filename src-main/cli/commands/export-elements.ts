import { statSync } from 'node:fs';
import type { ExportedOutput } from '../../../shared/model/inspect-output.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { type Inspection, whileUnchanged } from '../../core/contents/inspect-file.ts';
import { UsageError } from '../../core/errors.ts';
import { realDisk } from '../../core/files/disk.ts';
import { modeOfMade } from '../../core/files/file-mode.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { exportTensor } from '../../core/tensors/export-tensor.ts';
import { exportTensors } from '../../core/tensors/export-tensors.ts';
import { selectTensors } from '../../core/tensors/select-tensors.ts';
import { formatBytes } from '../print/format-values.ts';
import { showProgress } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';

/** Where to, and which tensors or modules; all where none is named. */
export interface ExportOptions {
  export: string;
  /** Of a folder, whether its files are CSV. */
  csv: boolean;
  tensor: readonly string[];
}

const single = /\.(npy|csv)$/;

/** Writes elements of what was looked into to new files, by the ending of their path. */
export async function exportElements(
  path: string,
  inspection: Inspection,
  { export: target, csv, tensor: names }: ExportOptions,
): Promise<ExportedOutput> {
  if (csv && target.endsWith('.npy')) throw noText(target);
  const tensors = selectTensors(inspection.contents.tensors, names);
  const reading = { onBytes: tellBytes(), signal: stopOnInterrupt(interrupted) };
  const write = async (): Promise<ExportedOutput> => {
    const mode = modeOfMade(statSync(path).mode);
    if (!single.test(target)) {
      const form = csv ? 'csv' : 'npy';
      const { leftOut, ...exported } = await exportTensors(realDisk, tensors, target, reading, mode, form);
      return { ...exported, left_out: leftOut };
    }
    const [only] = tensors;
    if (!only || tensors.length > 1) throw notOne(target, tensors.length);
    const { path: written, bytes } = await exportTensor(realDisk, only, target, reading, mode);
    return { path: written, tensors: 1, bytes, left_out: [] };
  };
  try {
    return await whileUnchanged(inspection, write);
  } finally {
    showProgress('');
  }
}

const interrupted = 'nothing was written — it was interrupted — run it again to write all of it';

function notOne(target: string, count: number): UsageError {
  return new UsageError(
    `cannot export ${plural(count, 'tensor')} to ${escapeName(target)} — such a file holds one — name one with --tensor, or a path that ends in .npz, or a folder`,
    { path: target },
  );
}

function noText(target: string): UsageError {
  return new UsageError(
    `cannot export to ${escapeName(target)} — an .npy holds no CSV — name a .csv, a folder, or leave --csv out`,
    { path: target },
  );
}

function tellBytes(): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    showProgress(`${formatBytes(done)} exported`);
  };
}
