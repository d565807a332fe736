import type { KeyboardEvent } from 'react';

const steps = new Map([
  ['ArrowUp', -1],
  ['ArrowLeft', -1],
  ['ArrowDown', 1],
  ['ArrowRight', 1],
]);

/**
 * Arrows go from one radio of a list to the next, where the browser would choose each on the way; Enter chooses, as Space does by itself.
 * For choices that are on record at once.
 */
export function pressOnRadio(event: KeyboardEvent<HTMLInputElement>): void {
  const { key, currentTarget: radio } = event;
  const step = steps.get(key);
  if (key !== 'Enter' && step === undefined) return;
  event.preventDefault();
  if (step === undefined) return radio.click();
  const radios = [...(radio.closest('ul')?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])];
  radios.at((radios.indexOf(radio) + step) % radios.length)?.focus();
}
