import { ActionIcon, CloseButton, Popover, Tooltip } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useRef } from 'react';
import { visibleText } from '../format/visible-text.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { ConditionForm } from './ConditionForm.tsx';
import { conditionsOf, withCondition, withoutCondition } from './conditions.ts';
import { knownWords } from './known-words.ts';

interface Props {
  store: VersionsStore;
  snapshot: VersionsSnapshot;
}

/** The query without typing it: each condition can be taken away, and others are chosen from lists. */
export function ConditionsMenu({ store, snapshot: { list, filter } }: Props) {
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Tooltip label="Filter by conditions">
          <ActionIcon aria-label="Filter by conditions" data-active={filter.text !== '' || undefined}>
            <IconFilter size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="conditions-menu" aria-label="Conditions">
        <Conditions store={store} text={filter.text} list={list} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Conditions({
  store,
  text,
  list,
}: {
  store: VersionsStore;
  text: string;
  list: VersionsSnapshot['list'];
}) {
  const menu = useRef<HTMLDivElement>(null);
  const known = knownWords(list);
  const conditions = conditionsOf(text, known.metrics);
  const setText = (changed: string) =>
    store.setFilter({ ...store.snapshot().filter, text: changed, typing: false });
  if (!conditions) return <p className="conditions-none">The query above cannot be understood yet.</p>;
  return (
    <div ref={menu} tabIndex={-1} className="conditions-body">
      <ul className="conditions">
        {conditions.map((condition) => (
          <li key={condition} className="condition">
            <span title={visibleText(condition)}>{visibleText(condition)}</span>
            <CloseButton
              size={18}
              iconSize={12}
              aria-label={`Remove ${visibleText(condition)}`}
              onClick={() => {
                setText(withoutCondition(text, condition, known.metrics));
                // The button goes with its condition; the keys must not.
                menu.current?.focus();
              }}
            />
          </li>
        ))}
      </ul>
      {conditions.length === 0 && <p className="conditions-none">All versions are shown.</p>}
      <ConditionForm
        known={known}
        onAdd={(condition) => setText(withCondition(text, condition, known.metrics) ?? text)}
      />
    </div>
  );
}
