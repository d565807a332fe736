/** Why a job came to nothing, in one clause: `it took longer than 60 s`. */
export class JobFailure extends Error {}
