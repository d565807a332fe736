import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { shownKeys } from './key-names.ts';
import './context-menu.css';

export interface MenuEntry {
  label: string;
  /** By its name; see key-names.ts. */
  shortcut?: string | undefined;
  disabled?: boolean;
  /** Why it is disabled, where that has to be said. */
  why?: string | null;
  checked?: boolean;
  run: () => void;
}

/** A menu somewhere in the window: entries in sections. */
export interface OpenMenu {
  label: string;
  at: { left: number; top: number };
  sections: readonly (readonly MenuEntry[])[];
}

/** Not keys: the press that opens a menu would close it. */
const pointerEvents = ['mousedown', 'touchstart'];

/** It may lie over the place it was opened at, which is a point: there is room for it wherever that is. */
const middlewares = { shift: { crossAxis: true }, size: { padding: 5 } };

interface Props {
  menu: OpenMenu;
  onClose: () => void;
}

/** What can be done to what was pointed at, where it was pointed at. */
export function ContextMenu({ menu: { label, at, sections }, onClose }: Props) {
  const filled = sections.filter((entries) => entries.length > 0);
  return (
    <Menu
      opened
      onChange={(opened) => opened || onClose()}
      position="bottom-start"
      offset={0}
      middlewares={middlewares}
      shadow="md"
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      clickOutsideEvents={pointerEvents}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className="menu-place" tabIndex={-1} aria-label={label} style={at} />
      </Menu.Target>
      <Menu.Dropdown className="context-menu">
        {filled.map((entries, index) => (
          <Fragment key={entries[0]?.label}>
            {index > 0 && <Menu.Divider />}
            {entries.map((entry) => (
              <Entry key={entry.label} entry={entry} />
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  const { label, shortcut, disabled = false, why, checked, run } = entry;
  return (
    <Menu.Item
      disabled={disabled}
      aria-checked={checked}
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      leftSection={checked === undefined ? undefined : <span className="menu-check">{checked && '✓'}</span>}
      rightSection={shortcut && <kbd className="menu-keys">{shownKeys(shortcut)}</kbd>}
      onClick={run}
    >
      {label}
      {why && <span className="menu-why">{why}</span>}
    </Menu.Item>
  );
}
