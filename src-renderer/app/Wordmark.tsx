interface Props {
  /** Pixels. */
  size: number;
}

/** The sign of Cairn: a pile of three stones. */
export function Wordmark({ size }: Props) {
  return (
    <svg className="wordmark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M4.5 25.2c0-3 5-4.9 11.7-4.9s11.3 2 11.3 4.9-4.9 4.3-11.6 4.3S4.5 28.200 4.500 25.2z"
        opacity="1"
      />
      <path
        d="M8 15.900c0-2.600 3.600-4.100 8.400-4.100 4.700 0 7.900 1.600 7.900 4.100 0 2.400-3.300 3.500-8.100 3.500S8 18.300 8 15.900z"
        opacity=".78"
      />
      <path
        d="M11.300 7.300c0-2.500 2.200-4.300 5-4.300 2.900 0 4.700 1.900 4.700 4.200 0 2.500-1.900 3.700-4.800 3.700-2.800 0-4.900-1.200-4.900-3.600z"
        opacity=".56"
      />
    </svg>
  );
}
