/** A piece of a line: plain, **bold** or `code`. What is a link in the guide is plain here. */
export interface Piece {
  kind: 'text' | 'bold' | 'code';
  text: string;
}

/** A part of the guide. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; pieces: readonly Piece[] }
  | { kind: 'list'; items: readonly (readonly Piece[])[] };

/** Reads what docs/guide.md is written in: headings, paragraphs and lists of one level. Whatever else stands there is plain text. */
export function readGuide(text: string): Block[] {
  return text.split(/\n{2,}/).flatMap((part) => (part.trim() === '' ? [] : readPart(part.trim())));
}

function readPart(part: string): Block[] {
  const heading = /^(#{1,6}) (.+)$/.exec(part);
  if (heading) return [{ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' }];
  if (!part.startsWith('- ')) return [{ kind: 'paragraph', pieces: readPieces(joined(part)) }];
  const items = part.slice(2).split(/\n- /);
  return [{ kind: 'list', items: items.map((item) => readPieces(joined(item))) }];
}

/** Lines are broken to be written, not to be read. */
function joined(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function readPieces(text: string): Piece[] {
  const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return plain.split(/(\*\*[^*]+\*\*|`[^`]+`)/).flatMap((part): Piece[] => {
    if (part === '') return [];
    if (part.startsWith('**')) return [{ kind: 'bold', text: part.slice(2, -2) }];
    return part.startsWith('`')
      ? [{ kind: 'code', text: part.slice(1, -1) }]
      : [{ kind: 'text', text: part }];
  });
}
