/** Whether a dialog stands before everything else: keys of what is behind it then mean nothing. */
export function isAsking(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
