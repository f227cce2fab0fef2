import type { Command } from './commit.ts';
import type { Changes } from './connection.ts';
import { type Argument, type Ask, partsOf, type Reply } from './reads.ts';

/** Arguments of one change: far below what fits on the stack of a script. */
const AT_ONCE = 1000;

/** Notes what is asked and what it gave, in the order of asking. */
export interface Notes {
  ask: Ask;
  reads: readonly Command[];
  /** Once everything that was asked has been answered. Errors: of a read that failed, also one that nobody awaited. */
  replies(): Promise<Reply[]>;
}

export function createNotes(ask: Ask): Notes {
  const reads: Command[] = [];
  const replies: Promise<Reply>[] = [];
  return {
    reads,
    ask(...command) {
      const reply = ask(...command);
      // Work that has failed otherwise awaits none of the rest.
      reply.catch(() => {});
      reads.push(command);
      replies.push(reply);
      return reply;
    },
    replies: () => Promise.all(replies),
  };
}

/** Collects changes as commands. */
export function createChanges(changes: Command[]): Changes {
  const add = (...command: Argument[]) => void changes.push(command);
  const addParts = (name: string, key: string, list: readonly Argument[]) => {
    for (const part of partsOf(list, AT_ONCE)) add(name, key, ...part);
  };
  return {
    set: (key, value) => add('set', key, value),
    del(...keys) {
      for (const key of keys) add('del', key);
    },
    hset: (key, fields) => addParts('hset', key, Object.entries(fields).flat()),
    hdel: (key, ...fields) => addParts('hdel', key, fields),
    hincrby: (key, field, by) => add('hincrby', key, field, by),
    sadd: (key, ...members) => addParts('sadd', key, members),
    srem: (key, ...members) => addParts('srem', key, members),
    zadd: (key, score, member, only) =>
      add('zadd', key, ...(only ? [ONLY[only]] : []), checked(score), member),
    zrem: (key, ...members) => addParts('zrem', key, members),
  };
}

const ONLY = { present: 'xx', absent: 'nx', greater: 'gt' } as const;

/** The server would refuse it, and that in the middle of a commit. */
function checked(score: number): number {
  if (Number.isNaN(score)) throw new TypeError('A score must be a number.');
  return score;
}
