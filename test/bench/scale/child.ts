import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { START_FLAGS } from '../simulation.ts';

/** Keeps what Node makes of the TypeScript, as the launcher does. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url));

/** A process that answers one question at a time. */
export interface Child<Asked, Told> {
  pid: number | undefined;
  ask(asked: Asked): Promise<Told>;
  /** Resolves when it has ended. */
  over: Promise<unknown>;
}

/** Starts a process with the flags of `npm start`; resolves once it has told that it is ready. */
export async function startChild<Asked extends object, Told>(
  file: URL,
  settings: unknown,
  flags: readonly string[] = [],
): Promise<Child<Asked, Told>> {
  const child = fork(fileURLToPath(file), [JSON.stringify(settings)], {
    execArgv: [...START_FLAGS, ...flags],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  const over = once(child, 'exit');
  await next(child);
  return {
    pid: child.pid,
    over,
    async ask(asked) {
      const told = next<Told>(child);
      child.send(asked);
      return await told;
    },
  };
}

async function next<Told>(child: ChildProcess): Promise<Told> {
  const settled = new AbortController();
  const { signal } = settled;
  // Not its exit, which may be told before the last of what it has sent is read.
  const died = once(child, 'disconnect', { signal }).then(() => {
    throw new Error('A process of the bench ended early.');
  });
  died.catch(() => undefined);
  try {
    const [told] = (await Promise.race([once(child, 'message', { signal }), died])) as [Told];
    return told;
  } finally {
    settled.abort();
  }
}

/** In such a process: answers what is asked until an answer is the last one. */
export async function answerParent<Asked, Told extends object>(
  answer: (asked: Asked) => Promise<Told>,
  isLast: (asked: Asked) => boolean,
): Promise<void> {
  process.on('message', (asked: Asked) => {
    void answer(asked).then((told) => {
      process.send?.(told, () => {
        if (isLast(asked)) process.disconnect();
      });
    });
  });
  process.send?.({});
}
