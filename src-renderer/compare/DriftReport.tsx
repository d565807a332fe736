import type { DriftView } from '../../shared/model/contents-view.ts';
import { toNumber } from '../../shared/model/json.ts';
import { isBroken } from '../../shared/statistics/broken-first.ts';
import { VersionLink } from '../best/VersionLink.tsx';
import { formatMeasure } from '../contents/measures.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { PlainLine } from '../details/Sparkline.tsx';
import { BreakableName } from '../format/BreakableName.tsx';
import { formatCount } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunStore } from '../versions/run-store.ts';

const listed = 500;
/** In pixels. */
const lineWidth = 380;

interface Props {
  drift: DriftView;
  store: RunStore;
  /** Whether more versions are to come. */
  measuring: boolean;
  /** How many there will be, where that is more than there are: what is drawn keeps its place while they come. */
  total: number;
  /** A version is shown, of the run behind this. */
  onShow: () => void;
}

/** Each layer as a line, and where numbers first stop being numbers. */
export function DriftReport({ drift, store, measuring, total, onShow }: Props) {
  const { versions, layers, first_nan: firstNan, incomplete, left_out: leftOut } = drift;
  const { list } = store.snapshot();
  const nameOf = (handle: number) => {
    const row = list.get(handle);
    return row ? versionLabel(row) : 'a version that is gone';
  };
  return (
    <>
      <p className="dialog-summary" {...(measuring ? {} : { role: 'status' })}>
        {/* One line of words: what lays them out sees no parts. */}
        <span>
          {firstNan === null ? (
            `No NaN in the weights of ${describeMeasured(versions.length, total)}`
          ) : (
            <>
              The first NaN in the weights is in{' '}
              <VersionLink store={store} handle={firstNan.version} onShow={onShow} />:{' '}
              {firstNan.layers.map(visibleText).join(', ')}
            </>
          )}
          {incomplete.length > 0 && `, but not all of ${nameSome(incomplete.map(nameOf))} could be read`}.
          {leftOut.versions > 0 && ` ${plural(leftOut.versions, 'version')} between them were left out.`}
        </span>
      </p>
      <PlainTable
        label="Layers"
        className="drift-table"
        head={headCells('Layer', { number: 'First' }, 'Norm', { number: 'Last' })}
      >
        <tbody>
          {layers.slice(0, listed).map((layer, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two tensors alike
            <LayerRow key={index} layer={layer} total={total} />
          ))}
        </tbody>
      </PlainTable>
      {layers.length + leftOut.layers > listed && (
        <p className="dialog-hint">and {plural(layers.length + leftOut.layers - listed, 'more layer')}</p>
      )}
    </>
  );
}

function LayerRow({ layer, total }: { layer: DriftView['layers'][number] } & Pick<Props, 'total'>) {
  const { label, norms } = layer;
  return (
    <tr data-layer={label} data-nan={isBroken(layer) || undefined}>
      <th scope="row">
        <bdi>
          <BreakableName name={visibleText(label)} />
        </bdi>
      </th>
      <td className="number">{formatMeasure(norms.find((norm) => norm !== null))}</td>
      <td>
        <PlainLine values={upTo(total, norms.map(toNumber))} width={lineWidth} />
      </td>
      <td className="number">{formatMeasure(norms.findLast((norm) => norm !== null))}</td>
    </tr>
  );
}

function describeMeasured(versions: number, total: number): string {
  return versions < total
    ? `the first ${formatCount(versions)} of ${plural(total, 'version')}`
    : plural(versions, 'version');
}

const named = 3;

function nameSome(names: readonly string[]): string {
  const more = names.length - named;
  return [...names.slice(0, named), ...(more > 0 ? [plural(more, 'more version')] : [])].join(', ');
}

function upTo(total: number, values: readonly (number | null)[]): readonly (number | null)[] {
  return [...values, ...new Array<null>(Math.max(0, total - values.length)).fill(null)];
}
