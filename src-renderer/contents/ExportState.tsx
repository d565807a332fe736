import { WrittenSummary } from '../bridge/WrittenSummary.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { Exported, TensorExport } from './useTensorExport.ts';
import { WorkBar } from './WorkBar.tsx';

/** How far an export of several tensors is, and what came of it. */
export function ExportState({ work }: Pick<TensorExport, 'work'>) {
  return (
    <>
      {work.running && <WorkBar words="Exporting tensors" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {work.value && (
        <WrittenSummary writtenId={work.value.writtenId}>{exportedWords(work.value)}</WrittenSummary>
      )}
    </>
  );
}

function exportedWords({ label, bytes, tensors, leftOut }: Exported): string {
  const left = leftOut === 0 ? '' : ` ${plural(leftOut, 'other')} cannot be read.`;
  return `Wrote ${plural(tensors, 'tensor')} to ${visibleText(label)}, ${formatBytes(bytes)}.${left}`;
}
