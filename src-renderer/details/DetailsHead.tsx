import { ActionIcon, CloseButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconChevronLeft } from '@tabler/icons-react';
import type { Preferences } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { textWidth } from '../format/text-width.ts';
import { type TabChoice, TabStrip } from '../tabs/TabStrip.tsx';
import { DetailsTitle } from './DetailsTitle.tsx';

interface Props {
  title: string;
  /** What the details are of while nothing is chosen. */
  of: string;
  /** How many versions are chosen. */
  chosen: number;
  onBack: () => void;
  onClose: () => void;
}

const tabs: readonly TabChoice<Preferences['detailsTab']>[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'contents', label: 'Contents' },
];

/** What a title has beside it in its line, in pixels: the way back, the tabs and both buttons. */
const besideTitle = 244;

/** The head of the details. Where a title and the tabs find no room in one line, these have one of their own. */
export function DetailsHead({ title, of, chosen, onBack, onClose }: Props) {
  const { detailsTab, detailsWide } = usePreferences();
  const { ref, width } = useElementSize<HTMLElement>();
  const Icon = detailsWide ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  const hasTabs = chosen === 1;
  const isLong = hasTabs && width > 0 && textWidth(650, 13)(title) > width - besideTitle;
  return (
    <header ref={ref} className="details-head" data-long={isLong || undefined}>
      {chosen > 0 && (
        <ActionIcon className="details-back" aria-label={`Back to ${of.toLowerCase()}`} onClick={onBack}>
          <IconChevronLeft size={16} stroke={1.75} />
        </ActionIcon>
      )}
      <DetailsTitle title={title} />
      {hasTabs && (
        <TabStrip
          name="details"
          label="Details of"
          tabs={tabs}
          value={detailsTab}
          onChange={(tab) => prefer({ detailsTab: tab })}
        />
      )}
      <ActionIcon
        aria-label={detailsWide ? 'Narrow the details' : 'Widen the details'}
        aria-pressed={detailsWide}
        onClick={() => prefer({ detailsWide: !detailsWide })}
      >
        <Icon size={15} stroke={1.75} />
      </ActionIcon>
      <CloseButton size="sm" aria-label="Close details" onClick={onClose} />
    </header>
  );
}

function prefer(change: Partial<Preferences>): void {
  changePreferences((preferences) => ({ ...preferences, ...change }));
}
