import { Button, TextInput } from '@mantine/core';
import { IconChartHistogram, IconDownload, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { ContextMenu } from '../commands/ContextMenu.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { DamagedMembers } from './DamagedMembers.tsx';
import { ExportState } from './ExportState.tsx';
import { findTensors } from './find-tensors.ts';
import type { MeasuredTensors } from './measures.ts';
import { TensorDialog } from './TensorDialog.tsx';
import { TensorTable } from './TensorTable.tsx';
import type { OpenedContents } from './useContents.ts';
import { type TensorExport, useTensorExport } from './useTensorExport.ts';
import { useWork } from './useWork.ts';
import { Verdict } from './Verdict.tsx';
import { WorkBar } from './WorkBar.tsx';

/** The tensors of a file: searched, measured, and each opened by itself. */
export function TensorSection({ opened }: { opened: OpenedContents }) {
  const { contentsId, view } = opened;
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<{ place: number; opened: boolean }>({ place: 0, opened: false });
  const deferred = useDeferredValue(search);
  const show = (place: number) => setShown({ place, opened: true });
  const measuring = useWork<MeasuredTensors>();
  const measured = measuring.value?.statistics ?? null;
  const exporting = useTensorExport(contentsId);
  const found = useMemo(
    () => (deferred.trim() === '' ? null : findTensors(view.tensors, deferred, measured)),
    [view.tensors, deferred, measured],
  );
  const members = useMemo(
    () => view.entries.filter(({ type }) => type === 'file').map(({ key }) => key),
    [view.entries],
  );
  const measure = () =>
    measuring.start(() => window.cairn.request('measureTensors', { contentsId, tensors: null }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each file that is opened
  useEffect(() => {
    if (opened.measured) measure();
  }, [contentsId]);
  return (
    <section className="tensor-section" aria-label="Tensors">
      <div className="tensor-tools">
        <TensorSearch search={search} onSearch={setSearch} />
        <Button
          variant="default"
          disabled={measuring.running}
          leftSection={<IconChartHistogram size={15} stroke={1.75} />}
          onClick={measure}
        >
          Measure all
        </Button>
        <ExportButton found={found} exporting={exporting} />
      </div>
      {measuring.running && (
        <WorkBar words="Measuring all tensors" task={measuring.task} onCancel={measuring.cancel} />
      )}
      {measured && <Verdict tensors={view.tensors} measured={measured} onOpen={show} />}
      <DamagedMembers damaged={measuring.value?.damaged ?? []} />
      <DialogFailure failure={measuring.failure} />
      <ExportState work={exporting.work} />
      <TensorTable
        tensors={view.tensors}
        members={members}
        measured={measured}
        search={deferred}
        found={found}
        chosen={exporting.chosen}
        onChoose={exporting.choose}
        onOpen={show}
        onMenu={exporting.openMenu}
      />
      {exporting.menu && <ContextMenu menu={exporting.menu} onClose={exporting.closeMenu} />}
      {view.left_out.tensors > 0 && <p>and {plural(view.left_out.tensors, 'more', 'more')}</p>}
      <TensorDialog
        opened={opened}
        place={shown.place}
        isOpen={shown.opened}
        onClose={() => setShown((last) => ({ ...last, opened: false }))}
      />
    </section>
  );
}

function TensorSearch({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  return (
    <TextInput
      className="tensor-search"
      size="xs"
      type="search"
      aria-label="Search tensors"
      placeholder="Name, type or shape"
      title="Matches parts of the name, the type (f16) or the shape (64x32); once all are measured, also nan or inf"
      value={search}
      leftSection={<IconSearch size={15} stroke={1.75} />}
      onChange={(event) => onSearch(event.currentTarget.value)}
    />
  );
}

interface ExportButtonProps {
  /** Places of those that are searched for; null where none are. */
  found: readonly number[] | null;
  exporting: TensorExport;
}

/** Exports what is chosen, else what is searched for, else all. */
function ExportButton({ found, exporting }: ExportButtonProps) {
  const { chosen, work, openExports } = exporting;
  const wanted = chosen.size > 0 ? [...chosen] : found;
  return (
    <Button
      variant="default"
      disabled={work.running || wanted?.length === 0}
      leftSection={<IconDownload size={15} stroke={1.75} />}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        openExports(wanted, { left, top: bottom });
      }}
    >
      {wanted === null ? 'Export all…' : `Export ${formatCount(wanted.length)}…`}
    </Button>
  );
}
