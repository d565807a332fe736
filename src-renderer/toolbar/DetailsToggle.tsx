import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';

export function DetailsToggle() {
  const { detailsOpen } = usePreferences();
  const label = detailsOpen ? 'Hide details' : 'Show details';
  const toggle = () =>
    changePreferences((preferences) => ({ ...preferences, detailsOpen: !preferences.detailsOpen }));
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={detailsOpen} onClick={toggle}>
        <IconLayoutSidebarRight size={18} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
