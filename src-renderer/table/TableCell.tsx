// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { VersionRow } from '../../shared/model/version-row.ts';
import { missing } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import { ChecksumCell } from './ChecksumCell.tsx';
import type { TableColumn } from './columns.ts';
import { IntegrityMark } from './IntegrityMark.tsx';
import { PinCell } from './PinCell.tsx';
import { pinOf } from './pin-of.ts';
import { VersionCell } from './VersionCell.tsx';
import './marked-cells.css';

interface Props {
  column: TableColumn;
  index: number;
  pinnedCount: number;
  row: VersionRow;
  best: string;
  selected: boolean;
  copied: boolean;
}

export function TableCell({ column, index, pinnedCount, ...content }: Props) {
  const { row } = content;
  const text = column.text(row);
  return (
    <div
      role="gridcell"
      className="cell"
      aria-colindex={index + 1}
      data-align={column.align}
      data-column={column.id}
      data-integrity={column.id === 'integrity' ? row.integrity.state : undefined}
      data-ranks={column.ranks || undefined}
      data-missing={text === missing || undefined}
      title={column.title(row)}
      {...pinOf(index, pinnedCount)}
    >
      <Content column={column} text={text} {...content} />
    </div>
  );
}

function Content({
  column,
  text,
  row,
  best,
  selected,
  copied,
}: Omit<Props, 'index' | 'pinnedCount'> & { text: string }) {
  switch (column.id) {
    case 'version':
      return <VersionCell row={row} best={best} />;
    case 'checksum':
      return <ChecksumCell checksum={row.checksum} selected={selected} copied={copied} />;
    case 'pinned':
      return <PinCell pinned={row.pinned} selected={selected} name={versionLabel(row)} />;
    case 'tags':
      return <Tags tags={row.tags} />;
    case 'integrity':
      return <IntegrityMark state={row.integrity.state} cause={row.integrity.cause} />;
    default:
      return text;
  }
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return missing;
  return tags.map((tag) => (
    <span key={tag} className="tag">
      {visibleText(tag)}
    </span>
  ));
}
