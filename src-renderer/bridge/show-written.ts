import { notifications } from '@mantine/notifications';
import { formatBytes } from '../format/format-bytes.ts';
import { visibleText } from '../format/visible-text.ts';

/** Tells the user which file was written; nothing where none was. */
export function showWritten(saved: { written: { label: string; bytes: number } | null } | null): void {
  if (!saved?.written) return;
  const { label, bytes } = saved.written;
  notifications.show({ message: `Wrote ${visibleText(label)}, ${formatBytes(bytes)}` });
}
