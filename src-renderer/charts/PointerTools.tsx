import {
  IconArrowAutofitContent,
  IconHandMove,
  IconLasso,
  IconMarquee2,
  IconZoomReset,
} from '@tabler/icons-react';
import { memo } from 'react';
import type { Tool as ToolName } from '../plot/useDrag.ts';
import { Tool } from './ChartPanel.tsx';
import { useChartChoice } from './useChartChoice.ts';

interface Props {
  tool: ToolName;
  onTool: (tool: ToolName) => void;
  zoomed: boolean;
  onReset: () => void;
}

const tools = [
  { tool: 'box', label: 'Select with a box', Icon: IconMarquee2 },
  { tool: 'lasso', label: 'Select with a lasso', Icon: IconLasso },
  { tool: 'pan', label: 'Pan the chart; Ctrl + wheel zooms', Icon: IconHandMove },
] as const;

/** What dragging does, and the way back from where it led. */
export const PointerTools = memo(function PointerTools({ tool, onTool, zoomed, onReset }: Props) {
  const [{ fit }, change] = useChartChoice();
  const toggleFit = () => {
    change({ fit: !fit });
    onReset();
  };
  return (
    <>
      {tools.map(({ tool: each, label, Icon }) => (
        <Tool key={each} label={label} pressed={tool === each} onPress={() => onTool(each)}>
          <Icon size={16} stroke={1.75} />
        </Tool>
      ))}
      <Tool label="Fit the axes to what is shown" pressed={fit} onPress={toggleFit}>
        <IconArrowAutofitContent size={16} stroke={1.75} />
      </Tool>
      <Tool label="Reset zoom" disabled={!zoomed} onPress={onReset}>
        <IconZoomReset size={16} stroke={1.75} />
      </Tool>
    </>
  );
});
