/** Measures a text in pixels. */
export type TextWidth = (text: string) => number;

const [first, last] = [32, 126];
const known = new Map<string, TextWidth>();

/**
 * How wide texts in the font of the page are: sums of the widths of their letters, which are measured once, so that as many names as a table
 * shows cost nothing. Letters beyond ASCII count as the widest.
 * @param size pixels
 */
export function textWidth(weight: number, size: number): TextWidth {
  const name = `${weight} ${size}px`;
  const before = known.get(name);
  if (before) return before;
  const widths = measureLetters(`${name} ${getComputedStyle(document.body).fontFamily}`);
  const widest = Math.max(...widths);
  const measure: TextWidth = (text) => {
    let sum = 0;
    for (const letter of text) sum += widths[(letter.codePointAt(0) ?? 0) - first] ?? widest;
    return sum;
  };
  known.set(name, measure);
  return measure;
}

function measureLetters(font: string): readonly number[] {
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = font;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const letter = String.fromCharCode(first + index);
    return context?.measureText(letter).width ?? 0;
  });
}
