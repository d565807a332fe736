/** A mark, a text or a word of JSON, and where it ends. */
export interface JsonToken {
  text: string;
  end: number;
}

/** What a text of JSON is made of, but for commas. Strings are stepped over by hand: on a long one a pattern may need more stack than there is. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  const token = /["{}[\]:]|[^\s"{}[\],:]+/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '"') token.lastIndex = endOfString(text, match.index);
    const end = token.lastIndex;
    yield { text: text.slice(match.index, end), end };
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
