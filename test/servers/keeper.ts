import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Cleans up after a server when its owner is done with it, or has died. */
export interface Keeper {
  /** The processes that are to be killed then, instead of those named before. */
  watch(pids: readonly number[]): void;
  /** Kills what is watched and removes the folder; resolves when that is done. */
  end(): Promise<void>;
}

/**
 * Its standard input closes when the owner ends in any way, SIGKILL too. A Postgres that was killed leaves its segment of
 * shared memory, named in the seventh line of its pid file. Processes that are about to die may still write.
 */
const SCRIPT = `
pids=
while read -r line; do pids=$line; done
[ -z "$pids" ] || kill -KILL $pids 2>/dev/null
segment=$(sed -n '7s/.* //p' "$1/data/postmaster.pid" 2>/dev/null)
[ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null
tries=0
until rm -rf -- "$1" 2>/dev/null || [ $tries -eq 50 ]; do sleep 0.1; tries=$((tries + 1)); done
`;

/** Keeps a folder. Out of the terminal's reach, so that Ctrl-C ends the owner and not the keeper. */
export function keep(folder: string): Keeper {
  const keeper = spawn('/bin/sh', ['-c', SCRIPT, 'keeper', folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keeper.unref();
  return {
    watch: (pids) => void keeper.stdin.write(`${pids.join(' ')}\n`),
    end: async () => {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      keeper.ref();
      const over = once(keeper, 'exit');
      keeper.stdin.end();
      await over;
    },
  };
}
