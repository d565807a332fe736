import { useElementSize } from '@mantine/hooks';
import { CutName } from '../format/CutName.tsx';

/** What the details are of; a name that is too long gives way in the middle. Its room is its own: nothing else is drawn anew with it. */
export function DetailsTitle({ title }: { title: string }) {
  const { ref, width } = useElementSize<HTMLHeadingElement>();
  return (
    <h2 ref={ref}>
      <bdi title={title}>
        <CutName name={title} room={width || Number.POSITIVE_INFINITY} weight={650} />
      </bdi>
    </h2>
  );
}
