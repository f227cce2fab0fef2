import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Asked, ServerSettings, Told } from './web-child.ts';

/** A server in a process of its own. */
export interface BenchServer {
  url: string;
  ask(asked: Asked): Promise<Told>;
  end(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('web-child.ts', import.meta.url));
/** As `npm start` has it. */
const LEAN = ['--max-semi-space-size=4', '--heap-growing-percent=25', '--expose-gc'];

/** `flags`: for its Node, such as `--cpu-prof`. */
export async function startServer(
  settings: ServerSettings,
  flags: readonly string[] = [],
): Promise<BenchServer> {
  const child = fork(CHILD, [JSON.stringify(settings)], { execArgv: [...LEAN, ...flags] });
  const { url = '' } = await nextOf(child);
  return {
    url,
    async ask(asked) {
      const told = nextOf(child);
      child.send(asked);
      return await told;
    },
    async end() {
      const ended = once(child, 'exit');
      child.send({ ask: 'end' } satisfies Asked);
      await ended;
    },
  };
}

async function nextOf(child: ChildProcess): Promise<Told> {
  if (child.exitCode !== null) throw new Error(`The server has ended with ${child.exitCode}.`);
  const over = new AbortController();
  const { signal } = over;
  const died = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The server ended with ${code}.`);
  });
  died.catch(() => undefined);
  try {
    const [told] = (await Promise.race([once(child, 'message', { signal }), died])) as [Told];
    return told;
  } finally {
    over.abort();
  }
}
