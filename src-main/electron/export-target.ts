import type { WebContents } from 'electron';

/** What is written to a file of its own, by its ending. */
export type ExportFormat = 'npy' | 'csv' | 'json' | 'md' | 'html' | 'png' | 'svg';

/** Asks a person for a file to write, of this ending; null when they think better of it. */
export type AskTarget = (
  from: WebContents,
  title: string,
  suggested: string,
  format: ExportFormat,
) => Promise<string | null>;

/** A name for a file, of what every file system takes; what it is made of may hold anything. */
export function suggestName(name: string, format: ExportFormat, otherwise: string): string {
  const plain = name
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(-120);
  return `${plain || otherwise}.${format}`;
}
