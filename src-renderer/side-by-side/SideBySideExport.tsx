import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { copyAsMarkdown, exportSideBySide, type ShownSideBySide } from './export-side-by-side.ts';

interface Props {
  shown: ShownSideBySide;
  /** The run that names a picture of them. */
  runId: string;
  /** The bars, while they are shown. */
  drawn: RefObject<DrawnPicture | null> | null;
}

/** Takes out what is shown: the table to the clipboard or to a file, the bars as a picture. */
export function SideBySideExport({ shown, runId, drawn }: Props) {
  const save = async (kind: 'png' | 'svg') => {
    if (!drawn?.current) return;
    // What draws is read with the bars, not with the table.
    const { saveChart } = await import('../charts/save-chart.ts');
    await saveChart({ runId, chart: 'bars', kind }, drawn.current);
  };
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Tooltip label="Export side by side">
          <ActionIcon aria-label="Export side by side">
            <IconDownload size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {drawn && (
          <>
            <Menu.Label>Bars</Menu.Label>
            <Menu.Item onClick={() => void save('png')}>PNG picture…</Menu.Item>
            <Menu.Item onClick={() => void save('svg')}>SVG drawing…</Menu.Item>
          </>
        )}
        <Menu.Label>Table</Menu.Label>
        <Menu.Item onClick={() => void copyAsMarkdown(shown)}>Copy as Markdown</Menu.Item>
        <Menu.Item onClick={() => void exportSideBySide(shown, 'md')}>Markdown table…</Menu.Item>
        <Menu.Item onClick={() => void exportSideBySide(shown, 'csv')}>CSV: every digit…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
