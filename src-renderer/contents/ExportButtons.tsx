import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { visibleText } from '../format/visible-text.ts';
import { useWork } from './useWork.ts';
import { WorkBar } from './WorkBar.tsx';

interface Props {
  contentsId: string;
  place: number;
}

/** Writes the tensor to a file of its own; where to is asked by the system. */
export function ExportButtons({ contentsId, place }: Props) {
  const { start, ...work } = useWork<{ label: string; bytes: number }>();
  const save = (format: 'npy' | 'csv') => () =>
    start(() => window.cairn.request('exportTensor', { contentsId, tensor: place, format }));
  return (
    <>
      <DialogFailure failure={work.failure} />
      {work.running && <WorkBar words="Exporting" task={work.task} onCancel={work.cancel} />}
      {work.value && (
        <p className="dialog-summary" role="status">
          Wrote {visibleText(work.value.label)}, {formatBytes(work.value.bytes)}.
        </p>
      )}
      <div className="dialog-foot">
        {(['npy', 'csv'] as const).map((format) => (
          <Button
            key={format}
            variant="default"
            disabled={work.running}
            leftSection={<IconDownload size={15} stroke={1.75} />}
            onClick={save(format)}
          >
            Export as {format === 'npy' ? '.npy' : 'CSV'}…
          </Button>
        ))}
      </div>
    </>
  );
}
