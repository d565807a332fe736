import { useMemo } from 'react';
import guide from '../../docs/guide.md?raw';
import { type Block, type Piece, readGuide } from './read-guide.ts';
import './guide.css';

/** What Cairn does, ordered by task. */
export function Guide() {
  const blocks = useMemo(() => readGuide(guide).slice(1), []);
  return (
    <div className="guide">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the guide never changes
        <Part key={index} block={block} />
      ))}
    </div>
  );
}

function Part({ block }: { block: Block }) {
  if (block.kind === 'heading') return block.level > 2 ? <h4>{block.text}</h4> : <h3>{block.text}</h3>;
  if (block.kind === 'paragraph')
    return (
      <p>
        <Line pieces={block.pieces} />
      </p>
    );
  return (
    <ul>
      {block.items.map((pieces, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the guide never changes
        <li key={index}>
          <Line pieces={pieces} />
        </li>
      ))}
    </ul>
  );
}

function Line({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ kind, text }, index) => {
    const key = `${index} ${text}`;
    if (kind === 'bold') return <strong key={key}>{text}</strong>;
    return kind === 'code' ? <code key={key}>{text}</code> : <span key={key}>{text}</span>;
  });
}
