import { Button, TextInput } from '@mantine/core';
import { IconChartHistogram, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { plural } from '../format/plural.ts';
import type { Measures } from './measures.ts';
import { TensorDialog } from './TensorDialog.tsx';
import { TensorTable } from './TensorTable.tsx';
import type { OpenedContents } from './useContents.ts';
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
  const measuring = useWork<(Measures | null)[]>();
  const measure = () =>
    measuring.start(() => window.cairn.request('measureTensors', { contentsId, tensors: null }));
  return (
    <section className="tensor-section" aria-label="Tensors">
      <div className="tensor-tools">
        <TextInput
          className="tensor-search"
          size="xs"
          type="search"
          aria-label="Search tensors"
          placeholder="Name, type or shape"
          title="Every word is a part of the name, or the type (f16), or the shape (64x32); once all are measured also nan or inf"
          value={search}
          leftSection={<IconSearch size={15} stroke={1.75} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={measuring.running}
          leftSection={<IconChartHistogram size={15} stroke={1.75} />}
          onClick={measure}
        >
          Measure all
        </Button>
      </div>
      {measuring.running && (
        <WorkBar words="Measuring all tensors" task={measuring.task} onCancel={measuring.cancel} />
      )}
      {measuring.value && <Verdict tensors={view.tensors} measured={measuring.value} onOpen={show} />}
      <DialogFailure failure={measuring.failure} />
      <TensorTable tensors={view.tensors} measured={measuring.value} search={deferred} onOpen={show} />
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
