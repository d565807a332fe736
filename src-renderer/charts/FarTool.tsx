import { IconArrowsHorizontal } from '@tabler/icons-react';
import { memo } from 'react';
import { Tool } from './ChartPanel.tsx';
import { useChartChoice } from './useChartChoice.ts';

interface Props {
  /** Whether there is anything far from all others. */
  hasFar: boolean;
  onReset: () => void;
}

/** Whether the axes leave room for the few versions that are far from all others, or those stand at the edge. */
export const FarTool = memo(function FarTool({ hasFar, onReset }: Props) {
  const [{ far }, change] = useChartChoice();
  const toggle = () => {
    change({ far: !far });
    onReset();
  };
  return (
    <Tool
      label="Make room for versions far from all others"
      pressed={far && hasFar}
      disabled={!hasFar}
      onPress={toggle}
    >
      <IconArrowsHorizontal size={16} stroke={1.75} />
    </Tool>
  );
});
