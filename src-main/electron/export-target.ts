import type { WebContents } from 'electron';
import { plainFileName } from '../core/files/plain-file-name.ts';

/** What is written to a file of its own, by its ending. */
export type ExportFormat =
  | 'npz'
  | 'npy'
  | 'csv'
  | 'json'
  | 'md'
  | 'html'
  | 'png'
  | 'svg'
  | 'pt'
  | 'safetensors';

/** Asks a person for a file to write, of this ending; null when they think better of it. */
export type AskTarget = (
  from: WebContents,
  title: string,
  suggested: string,
  format: ExportFormat,
) => Promise<string | null>;

/** A name for a file, of what every file system takes; what it is made of may hold anything. */
export function suggestName(name: string, format: ExportFormat, otherwise: string): string {
  return `${plainFileName(name, otherwise)}.${format}`;
}
