// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { exactBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import {
  brokenElements,
  formatMeasure,
  formatShape,
  type Measures,
  shortBytes,
  shortType,
} from './measures.ts';
import type { TreeRow } from './tensor-tree.ts';

interface Props {
  id: string;
  row: TreeRow;
  index: number;
  /** Null for a module. */
  tensor: TensorView | null;
  /** What a module seems to be. */
  layer: string | undefined;
  measures: Measures | null | undefined;
  measured: boolean;
  active: boolean;
  onPress: () => void;
}

/** A module or a tensor; pressing it opens it. */
export function TensorRow({ id, row, index, tensor, layer, measures, measured, active, onPress }: Props) {
  const { depth, open, parameters, bytes, tensors } = row;
  const broken = measures ? brokenElements(measures) : 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={id}
      className="tensor-row"
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-selected={active}
      {...(open === null ? {} : { 'aria-expanded': open })}
      data-tensor={tensor?.label}
      data-broken={broken > 0 || undefined}
      onClick={onPress}
    >
      <NameCell row={row} tensor={tensor} layer={layer} />
      <span role="gridcell" data-cell="dtype" title={visibleText(tensor?.dtype ?? '')}>
        {shortType(visibleText(tensor?.dtype ?? ''))}
      </span>
      <span role="gridcell" data-cell="shape" title={tensor ? formatShape(tensor.shape) : ''}>
        {tensor ? formatShape(tensor.shape) : plural(tensors, 'tensor')}
      </span>
      <span role="gridcell" data-cell="parameters">
        {formatCount(parameters)}
      </span>
      <span role="gridcell" data-cell="bytes" title={exactBytes(bytes)}>
        {shortBytes(bytes)}
      </span>
      {measured && <MeasuredCells measures={measures} broken={broken} />}
    </div>
  );
}

function NameCell({ row: { label, depth, open }, tensor, layer }: Pick<Props, 'row' | 'tensor' | 'layer'>) {
  return (
    <span role="gridcell" data-cell="name" style={{ '--depth': Math.min(depth, 8) }}>
      <Chevron open={open} />
      <bdi title={visibleText(tensor?.label ?? label)}>{visibleText(label || '(the whole)')}</bdi>
      {layer && <small title="As its names and shapes suggest">{layer}</small>}
      {tensor?.shared && <em title="Another tensor shows the same storage">shared</em>}
      {tensor?.readable === false && <em title="Its elements are not in the file">no data</em>}
    </span>
  );
}

function Chevron({ open }: { open: boolean | null }) {
  if (open === null) return <span className="tensor-dot" aria-hidden />;
  const Icon = open ? IconChevronDown : IconChevronRight;
  return <Icon size={13} stroke={2} aria-hidden />;
}

function MeasuredCells({ measures, broken }: { measures: Measures | null | undefined; broken: number }) {
  const nothing = measures === null ? 'not measured' : '';
  return (
    <>
      <span role="gridcell" data-cell="broken">
        {measures ? formatCount(broken) : nothing}
      </span>
      <span role="gridcell" data-cell="mean">
        {measures && formatMeasure(measures.mean)}
      </span>
      <span role="gridcell" data-cell="std">
        {measures && formatMeasure(measures.std)}
      </span>
    </>
  );
}
