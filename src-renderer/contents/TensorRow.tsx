// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
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
import { storedWords } from './stored-words.ts';
import { nameOfRow, type TreeRow } from './tensor-tree.ts';

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
  /** How many tensors below a module have NaN or infinity in them, where any has. */
  broken: number | undefined;
  /** Whether keys are about it, or it is chosen. */
  active: boolean;
  /** Whether it, or all below it, is chosen. */
  chosen: boolean;
  onPress: (event: MouseEvent) => void;
}

/** A module or a tensor; pressing it opens it. */
export function TensorRow({
  id,
  row,
  index,
  tensor,
  layer,
  measures,
  measured,
  broken,
  active,
  chosen,
  onPress,
}: Props) {
  const { depth, open, parameters, bytes, tensors } = row;
  const elements = measures ? brokenElements(measures) : 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={id}
      className="tensor-row"
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-selected={active}
      data-chosen={chosen}
      data-tree-row={index}
      {...(open === null ? {} : { 'aria-expanded': open })}
      data-tensor={tensor?.label}
      data-broken={elements > 0 || broken !== undefined || undefined}
      onClick={onPress}
    >
      <NameCell row={row} tensor={tensor} layer={layer} broken={broken} />
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
      {measured && <MeasuredCells measures={measures} broken={elements} />}
    </div>
  );
}

type NameProps = Pick<Props, 'row' | 'tensor' | 'layer' | 'broken'>;

function NameCell({ row, tensor, layer, broken }: NameProps) {
  const { label, depth, open } = row;
  return (
    <span role="gridcell" data-cell="name" style={{ '--depth': Math.min(depth, 8) }}>
      <Chevron open={open} />
      <bdi title={visibleText(tensor?.label ?? label)}>{visibleText(nameOfRow(row))}</bdi>
      {layer && <small title="As its names and shapes suggest">{layer}</small>}
      {tensor?.shared && <em title="Another tensor shows the same storage">shared</em>}
      <Lack tensor={tensor} />
      {broken !== undefined && (
        <em data-broken title={`${plural(broken, 'tensor')} below it with NaN or infinity`}>
          NaN, ∞ in {formatCount(broken)}
        </em>
      )}
    </span>
  );
}

/** What is not as with others: why it is not measured, or what its numbers are of. */
function Lack({ tensor }: Pick<Props, 'tensor'>) {
  const why = tensor?.not_measured ?? null;
  if (why !== null) return <em title={visibleText(why)}>{tensor?.readable ? 'not measured' : 'no data'}</em>;
  const stored = tensor?.stored_as ?? null;
  return stored && <em title={storedWords(stored)}>{stored.kind}</em>;
}

function Chevron({ open }: { open: boolean | null }) {
  if (open === null) return <span className="tensor-dot" aria-hidden />;
  const Icon = open ? IconChevronDown : IconChevronRight;
  return <Icon size={13} stroke={2} aria-hidden />;
}

function MeasuredCells({ measures, broken }: { measures: Measures | null | undefined; broken: number }) {
  if (measures === null)
    return (
      <span role="gridcell" data-cell="unmeasured" aria-colspan={3}>
        not measured
      </span>
    );
  return (
    <>
      <span role="gridcell" data-cell="broken">
        {measures && formatCount(broken)}
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
