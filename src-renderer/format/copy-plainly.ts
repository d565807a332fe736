import { withHyphen } from './format-number.ts';

/**
 * Whatever text of the page is selected and copied is for programs: numbers that stand alone have their hyphen again. What stands in a field is copied
 * as it is, and whoever has copied something else already is left alone. Where there is such a number the text is copied without its looks: a
 * program that takes the HTML goes by that, which would have the minus sign. A file's own “−5” between blanks becomes “-5” too: a selection does
 * not tell which text is whose.
 */
export function copyPlainly(): void {
  document.addEventListener('copy', (event) => {
    if (event.defaultPrevented) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const text = document.getSelection()?.toString() ?? '';
    const plain = withHyphen(text);
    if (plain === text) return;
    event.clipboardData?.setData('text/plain', plain);
    event.preventDefault();
  });
}
