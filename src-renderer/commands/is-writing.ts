/** Kinds of `<input>` in which nothing is written. */
const plain: ReadonlySet<string> = new Set([
  'checkbox',
  'radio',
  'range',
  'button',
  'submit',
  'color',
  'file',
]);

/** Whether somebody writes there: keys then mean what they mean in a text. */
export function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !plain.has(target.type);
  return target instanceof HTMLTextAreaElement;
}
