import type { Worker } from 'node:worker_threads';

/** A thread that gave no answer, and is ended: why, in words that follow `reading it`. */
export class Stopped {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/**
 * Asks a thread. Whatever it says is told, and shows that it goes on; for longer than it may say nothing it is not waited.
 * @param time in milliseconds
 * @param answerIn the answer, where a message is one; undefined for one that only tells how far it is
 */
export function askWorker<Message, Answer>(
  worker: Worker,
  question: unknown,
  time: number,
  answerIn: (message: Message) => Answer | undefined,
): Promise<Answer | Stopped> {
  return new Promise((resolve) => {
    const finish = (answer: Answer | Stopped) => {
      clearTimeout(timer);
      worker.off('message', listen).off('error', fail).off('exit', exit);
      resolve(answer);
    };
    const stop = (why: string) => {
      finish(new Stopped(why));
      // One that waits for the system cannot be ended before that answers.
      void worker.terminate();
    };
    const timer = setTimeout(() => stop(`took more than ${time / 1000} s and was stopped`), time);
    const listen = (message: Message) => {
      timer.refresh();
      const answer = answerIn(message);
      if (answer !== undefined) finish(answer);
    };
    const fail = (error: unknown) => stop(explainEnd(error));
    const exit = () => stop('ended with its thread');
    worker.on('message', listen).on('error', fail).on('exit', exit).postMessage(question);
  });
}

function explainEnd(error: unknown): string {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isMemory) return 'took more memory than it may and was stopped';
  return `failed: ${error instanceof Error ? error.message : error}`;
}
