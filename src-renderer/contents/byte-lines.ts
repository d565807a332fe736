const perLine = 16;

/** Bytes in lines of sixteen: their place in base 16, then each in two figures. @param figures two for each byte */
export function byteLines(from: number, figures: string): string[] {
  const bytes = figures.match(/../g) ?? [];
  return Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) => {
    const place = (from + line * perLine).toString(16).padStart(8, '0');
    return `${place}  ${bytes.slice(line * perLine, (line + 1) * perLine).join(' ')}`;
  });
}
