/** PyTorch and numpy make no tensor of more; a file that claims one wants to be shown at length. */
export const mostDimensions = 64;
