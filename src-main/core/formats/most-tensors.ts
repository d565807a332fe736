/** How many tensors of one file are told: the largest language models have tens of thousands, and a window shows no more. */
export const mostTensors = 100_000;
