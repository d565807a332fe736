/** So many versions are listed of a benchmark, and told of while it goes on: a run may have any number of them. */
export const mostListed = 500;
