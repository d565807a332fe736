import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { isAsking } from './is-asking.ts';

/**
 * Keys that do something wherever the focus is, but not while a dialog asks.
 * @param writing elements in which the keys are text, by their tags: those in which people write, unless others are named
 */
export function usePageKeys(
  keys: readonly (readonly [keys: string, press: () => void])[],
  writing?: string[],
): void {
  const unlessAsked = keys.map(([key, press]): HotkeyItem => [key, () => isAsking() || press()]);
  useHotkeys(unlessAsked, writing);
}
