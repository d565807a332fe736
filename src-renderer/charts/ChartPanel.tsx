import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconTable } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';

/** The charts there are. */
export type ChartName = 'scatter' | 'parallel' | 'timeline';

/** What each panel is given to be one of several. */
export interface PanelPlace {
  enlarged: boolean;
  onEnlarge: (enlarged: boolean) => void;
}

interface Props {
  title: string;
  place: PanelPlace;
  /** Whether it takes the whole width: what is chosen for it then has room beside its heading. */
  wide?: boolean;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
  /** What is chosen for the chart. */
  controls: ReactNode;
  /** What the chart says in words. */
  summary: ReactNode;
  /** What the pointer does, and what can be done to the chart. */
  tools: ReactNode;
  children: ReactNode;
}

/** A chart under its heading, with what it can be told. */
export function ChartPanel({
  title,
  place,
  wide = false,
  asTable,
  onTable,
  controls,
  summary,
  tools,
  children,
}: Props) {
  return (
    <section className="chart-panel" aria-label={title} data-wide={wide || undefined}>
      <header className="chart-head">
        <h2>{title}</h2>
        {wide && <div className="chart-controls">{controls}</div>}
        {summary}
        <span className="chart-tools">
          {!asTable && tools}
          <PanelTools asTable={asTable} onTable={onTable} place={place} />
        </span>
      </header>
      {!wide && <div className="chart-controls">{controls}</div>}
      {children}
    </section>
  );
}

/** How it is shown: none of that changes with what it shows. */
const PanelTools = memo(function PanelTools({
  asTable,
  onTable,
  place: { enlarged, onEnlarge },
}: Pick<Props, 'asTable' | 'onTable' | 'place'>) {
  const Icon = enlarged ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  return (
    <>
      <Tool
        label={asTable ? 'Show as chart' : 'Show as table'}
        pressed={asTable}
        onPress={() => onTable(!asTable)}
      >
        <IconTable size={16} stroke={1.75} />
      </Tool>
      <Tool
        label={enlarged ? 'Show all charts' : 'Show this chart alone'}
        pressed={enlarged}
        onPress={() => onEnlarge(!enlarged)}
      >
        <Icon size={15} stroke={1.75} />
      </Tool>
    </>
  );
});

interface ToolProps {
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export function Tool({ label, pressed, disabled, onPress, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={26}
        aria-label={label}
        aria-pressed={pressed}
        data-active={pressed || undefined}
        disabled={disabled ?? false}
        onClick={onPress}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
