/** What the window writes as a minus sign, as programs read it. */
const minusOfNumber = /(?<![^\s([])−(?=\.?\d|Infinity)|(?<=\de)−(?=\d)/g;

/** Text taken from the window, fit for a program: numbers that stand alone have their hyphen again. */
export function plainText(text: string): string {
  return text.replace(minusOfNumber, '-');
}

/** Whatever text of the page is selected and copied is {@link plainText}; what stands in a field is copied as it is. */
export function copyPlainly(): void {
  document.addEventListener('copy', (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const text = document.getSelection()?.toString() ?? '';
    const plain = plainText(text);
    if (plain === text) return;
    event.clipboardData?.setData('text/plain', plain);
    event.preventDefault();
  });
}
