import { notifications } from '@mantine/notifications';
import type { Written } from '../../shared/ipc/handles.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { visibleText } from '../format/visible-text.ts';
import { valueOrNotice } from './show-failure.ts';
import { ToastWords } from './ToastWords.tsx';

/** Tells the user which file was written, and offers to show it; nothing where none was. */
export function showWritten(saved: { written: Written | null } | null): void {
  if (!saved?.written) return;
  const { writtenId, label, bytes } = saved.written;
  showExported(`Wrote ${visibleText(label)}, ${formatBytes(bytes)}`, writtenId);
}

/** Tells the user what was written, and offers to show where. */
export function showExported(words: string, writtenId: string): void {
  const id = notifications.show({
    message: (
      <ToastWords
        words={words}
        button="Show in folder"
        onPress={() => {
          notifications.hide(id);
          revealWritten(writtenId);
        }}
      />
    ),
  });
}

/** Shows what was written in the system's file manager. */
export function revealWritten(writtenId: string): void {
  void valueOrNotice(window.cairn.request('revealWritten', { writtenId }));
}
