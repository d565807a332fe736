import { fitName } from './cut-name.ts';
import { textWidth } from './text-width.ts';
import './cut-name.css';

interface Props {
  name: string;
  /** How much room it has, in pixels. */
  room: number;
  weight: number;
  /** So many of its first letters are always shown. */
  least?: number | undefined;
}

/** A name that gives way in the middle, 13 pixels high. All of it is there to be read out, searched and copied. */
export function CutName({ name, room, weight, least }: Props) {
  const { start, leftOut, end } = fitName(name, room, textWidth(weight, 13), least);
  if (leftOut === '') return name;
  return (
    <>
      <span className="cut-start">{start}</span>
      <span className="cut-left-out">{leftOut}</span>
      {end}
    </>
  );
}
