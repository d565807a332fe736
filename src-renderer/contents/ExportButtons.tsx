import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Result } from '../../shared/failure.ts';
import type { Written } from '../../shared/ipc/handles.ts';
import { WrittenSummary } from '../bridge/WrittenSummary.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { visibleText } from '../format/visible-text.ts';
import { showGivenUp } from './show-given-up.ts';
import { useWork } from './useWork.ts';
import { WorkBar } from './WorkBar.tsx';

/** A way to take something along; where to is asked by the system. */
export interface Export {
  label: string;
  ask: () => Promise<Result<{ taskId: string | null }>>;
}

/** Each writes a file of its own. */
export function ExportButtons({ exports }: { exports: readonly Export[] }) {
  const { start, ...work } = useWork<Written>(showGivenUp);
  return (
    <>
      <DialogFailure failure={work.failure} />
      {work.running && <WorkBar words="Exporting" task={work.task} onCancel={work.cancel} />}
      {work.value && (
        <WrittenSummary writtenId={work.value.writtenId}>
          Wrote {visibleText(work.value.label)}, {formatBytes(work.value.bytes)}.
        </WrittenSummary>
      )}
      <div className="dialog-foot">
        {exports.map(({ label, ask }) => (
          <Button
            key={label}
            variant="default"
            disabled={work.running}
            leftSection={<IconDownload size={15} stroke={1.75} />}
            onClick={() => start(ask)}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}
