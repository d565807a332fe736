import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { memo, type RefObject, useState } from 'react';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { ChartName } from './ChartPanel.tsx';
import { saveChart } from './save-chart.ts';

interface Props {
  runs: TableRuns;
  chart: ChartName;
  drawn: RefObject<DrawnPicture | null>;
}

/** Writes the chart as it is drawn to a file; where to is asked by the system. */
export const ExportTool = memo(function ExportTool({ runs, chart, drawn }: Props) {
  const [opened, setOpened] = useState(false);
  const save = async (kind: 'png' | 'svg') => {
    setOpened(false);
    const [run] = runs.all;
    if (!drawn.current || !run) return;
    await saveChart({ runId: run.runId, chart, kind }, drawn.current);
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
