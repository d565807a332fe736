import { cutName } from './cut-name.ts';
import './cut-name.css';

interface Props {
  name: string;
  /** How many letters find room. */
  letters: number;
  /** So many of its first letters are always shown. */
  least?: number | undefined;
}

/** A name that gives way in the middle. All of it is there to be read out, searched and copied. */
export function CutName({ name, letters, least }: Props) {
  const { start, leftOut, end } = cutName(name, letters, least);
  if (leftOut === '') return name;
  return (
    <>
      <span className="cut-start">{start}</span>
      <span className="cut-left-out">{leftOut}</span>
      {end}
    </>
  );
}
