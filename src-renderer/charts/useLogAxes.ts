import { useChartChoice } from './useChartChoice.ts';

/** The measures that have a logarithmic axis, and the way to give them one or take it away. */
export function useLogAxes(): [ids: readonly string[], set: (id: string, isLog: boolean) => void] {
  const [{ logarithmic }, change] = useChartChoice();
  const set = (id: string, isLog: boolean) =>
    change({ logarithmic: [...logarithmic.filter((each) => each !== id), ...(isLog ? [id] : [])] });
  return [logarithmic, set];
}
