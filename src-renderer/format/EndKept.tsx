import './cut-name.css';

/** Names of checkpoints and of runs differ in their last letters: so many are always shown. */
const kept = 14;

/** A name that gives way before its last letters, in whatever room there is. All of it is there to be read out, searched and copied. */
export function EndKept({ name }: { name: string }) {
  const letters = [...name];
  if (letters.length <= 2 * kept - 6) return name;
  return (
    <span className="end-kept">
      <span>{letters.slice(0, -kept).join('')}</span>
      <span>{letters.slice(-kept).join('')}</span>
    </span>
  );
}
