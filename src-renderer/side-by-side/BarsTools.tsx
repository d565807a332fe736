import { AxesMenu } from '../charts/AxesMenu.tsx';
import { Choice } from '../choice/Choice.tsx';
import { mostPanels } from './bar-measures.ts';
import type { BarsMeaning } from './bars-picture.ts';
import type { Bars } from './useBars.ts';

interface Props {
  bars: Bars;
  onMeaning: (meaning: BarsMeaning) => void;
}

const meanings = [
  { value: 'values' as const, label: 'Values' },
  { value: 'differences' as const, label: 'Differences' },
];

/** Which metrics have bars, and what the bars are. */
export function BarsTools({ bars: { measures, chosen, content, onChosen }, onMeaning }: Props) {
  return (
    <>
      <Choice label="Bar values" choices={meanings} value={content.meaning} onChange={onMeaning} />
      <AxesMenu label="Metrics" measures={measures} axes={chosen} onAxes={onChosen} />
      {chosen.length > mostPanels && (
        <span className="side-count">
          the first {mostPanels} of {chosen.length} metrics
        </span>
      )}
    </>
  );
}
