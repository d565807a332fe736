import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { memo, type RefObject, useState } from 'react';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { visibleText } from '../format/visible-text.ts';
import { type DrawnPicture, exportPicture } from '../plot/export-picture.ts';
import type { ChartName } from './ChartPanel.tsx';

interface Props {
  runId: string;
  chart: ChartName;
  drawn: RefObject<DrawnPicture | null>;
}

/** Writes the chart as it is drawn to a file; where to is asked by the system. */
export const ExportTool = memo(function ExportTool({ runId, chart, drawn }: Props) {
  const [opened, setOpened] = useState(false);
  const save = async (kind: 'png' | 'svg') => {
    setOpened(false);
    if (!drawn.current) return;
    const content = exportPicture(drawn.current, kind);
    const request = window.cairn.request('saveChart', { runId, chart, kind, drawn: content });
    const saved = await valueOrNotice(request);
    if (!saved?.written) return;
    const { label, bytes } = saved.written;
    notifications.show({ message: `Wrote ${visibleText(label)}, ${formatBytes(bytes)}` });
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Tooltip label="Export the chart">
          <ActionIcon size={26} aria-label="Export the chart" onClick={() => setOpened(!opened)}>
            <IconDownload size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="export-menu" aria-label="Export the chart">
        <Button variant="default" onClick={() => void save('png')}>
          PNG picture…
        </Button>
        <Button variant="default" onClick={() => void save('svg')}>
          SVG drawing…
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
});
