/** What the server answers, as version 2 of its protocol has it. */
export type Reply = Buffer | number | null | Reply[];
/** What may stand in a command. */
export type Argument = string | number | Buffer;
/** Asks the server one thing. Errors: whatever the driver throws. */
export type Ask = (...command: Argument[]) => Promise<Reply>;

/** A part of a sorted set, by rank unless it says otherwise; the bounds are spelt as ZRANGE takes them. */
export interface Range {
  /** With `isReversed` the higher one. Default: the first of all. */
  from?: string | number;
  /** Default: the last of all. */
  to?: string | number;
  by?: 'rank' | 'score' | 'lex';
  isReversed?: boolean;
  /** No more than so many; by rank instead of the bounds. */
  limit?: number;
}

/**
 * Reading. Several at once are one round trip: they leave together and need no answer in between. What is not there is
 * undefined, or empty where several are asked for.
 */
export interface Reads {
  get(key: string): Promise<string | undefined>;
  getBytes(key: string): Promise<Buffer | undefined>;
  /** Out: one for each key, in their order. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  getManyBytes(keys: readonly string[]): Promise<(Buffer | undefined)[]>;
  exists(key: string): Promise<boolean>;

  hget(key: string, field: string): Promise<string | undefined>;
  hgetBytes(key: string, field: string): Promise<Buffer | undefined>;
  /** Out: one for each field, in their order. */
  hmget(key: string, fields: readonly string[]): Promise<(string | undefined)[]>;
  /** Of small hashes only: the order of a large one may change by itself, and a unit of work would begin again. */
  hgetall(key: string): Promise<Map<string, string>>;
  hlen(key: string): Promise<number>;

  smembers(key: string): Promise<string[]>;
  sismember(key: string, member: string): Promise<boolean>;
  scard(key: string): Promise<number>;

  zscore(key: string, member: string): Promise<number | undefined>;
  /** Out: one for each member, in their order. */
  zmscore(key: string, members: readonly string[]): Promise<(number | undefined)[]>;
  zcard(key: string): Promise<number>;
  /** How many lie between two scores, spelt as ZCOUNT takes them. */
  zcount(key: string, from: string | number, to: string | number): Promise<number>;
  zrange(key: string, range?: Range): Promise<string[]>;
  zrangeWithScores(key: string, range?: Range): Promise<[member: string, score: number][]>;
}

/** Arguments of one command: more would not fit on the stack of a script. */
const MOST_ARGUMENTS = 2000;

export function createReads(ask: Ask): Reads {
  return {
    ...createTextReads(ask),
    ...createHashReads(ask),
    ...createSetReads(ask),
    ...createSortedReads(ask),
  };
}

type TextReads = Pick<Reads, 'get' | 'getBytes' | 'getMany' | 'getManyBytes' | 'exists'>;

function createTextReads(ask: Ask): TextReads {
  const many = (keys: readonly string[]) => inParts(keys, (part) => ask('mget', ...part));
  return {
    get: async (key) => textOf(await ask('get', key)),
    getBytes: async (key) => bytesOf(await ask('get', key)),
    getMany: async (keys) => (await many(keys)).map(textOf),
    getManyBytes: async (keys) => (await many(keys)).map(bytesOf),
    exists: async (key) => (await ask('exists', key)) === 1,
  };
}

function createHashReads(ask: Ask): Pick<Reads, 'hget' | 'hgetBytes' | 'hmget' | 'hgetall' | 'hlen'> {
  return {
    hget: async (key, field) => textOf(await ask('hget', key, field)),
    hgetBytes: async (key, field) => bytesOf(await ask('hget', key, field)),
    hmget: async (key, fields) => (await inParts(fields, (part) => ask('hmget', key, ...part))).map(textOf),
    hgetall: async (key) => new Map(pairsOf(textsOf(await ask('hgetall', key)))),
    hlen: async (key) => Number(await ask('hlen', key)),
  };
}

function createSetReads(ask: Ask): Pick<Reads, 'smembers' | 'sismember' | 'scard'> {
  return {
    smembers: async (key) => textsOf(await ask('smembers', key)),
    sismember: async (key, member) => (await ask('sismember', key, member)) === 1,
    scard: async (key) => Number(await ask('scard', key)),
  };
}

type SortedReads = Pick<Reads, 'zscore' | 'zmscore' | 'zcard' | 'zcount' | 'zrange' | 'zrangeWithScores'>;

function createSortedReads(ask: Ask): SortedReads {
  return {
    zscore: async (key, member) => numberOf(await ask('zscore', key, member)),
    zmscore: async (key, members) =>
      (await inParts(members, (part) => ask('zmscore', key, ...part))).map(numberOf),
    zcard: async (key) => Number(await ask('zcard', key)),
    zcount: async (key, from, to) => Number(await ask('zcount', key, from, to)),
    zrange: async (key, range = {}) => textsOf(await ask('zrange', key, ...boundsOf(range))),
    zrangeWithScores: async (key, range = {}) => {
      const pairs = pairsOf(textsOf(await ask('zrange', key, ...boundsOf(range), 'withscores')));
      return pairs.map(([member, score]) => [member, Number(score)]);
    },
  };
}

/** The ends of everything, as ZRANGE spells them. */
const ENDS = { rank: [0, -1], score: ['-inf', '+inf'], lex: ['-', '+'] } as const;

function boundsOf({ by = 'rank', isReversed = false, from, to, limit }: Range): Argument[] {
  // A rank that ends before it begins gives none.
  if (by === 'rank' && limit !== undefined) [from, to] = limit > 0 ? [0, limit - 1] : [1, 0];
  const [low, high] = ENDS[by];
  // By rank the ends count from the side at which one begins.
  const [first, last] = isReversed && by !== 'rank' ? [high, low] : [low, high];
  return [
    from ?? first,
    to ?? last,
    ...(by === 'rank' ? [] : [`by${by}`]),
    ...(isReversed ? ['rev'] : []),
    ...(limit === undefined || by === 'rank' ? [] : ['limit', 0, limit]),
  ];
}

/** Asks for many in several commands, all under way at once. Out: the answers as one list. */
async function inParts(
  names: readonly string[],
  ask: (part: readonly string[]) => Promise<Reply>,
): Promise<Reply[]> {
  const parts = partsOf(names).map(async (part) => listOf(await ask(part)));
  return (await Promise.all(parts)).flat();
}

/** A list in parts that fit into one command. */
export function partsOf<T>(list: readonly T[], size: number = MOST_ARGUMENTS): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}

function bytesOf(reply: Reply | undefined): Buffer | undefined {
  return Buffer.isBuffer(reply) ? reply : undefined;
}

function textOf(reply: Reply | undefined): string | undefined {
  return bytesOf(reply)?.toString();
}

function numberOf(reply: Reply | undefined): number | undefined {
  const text = textOf(reply);
  return text === undefined ? undefined : Number(text);
}

export function listOf(reply: Reply): Reply[] {
  return Array.isArray(reply) ? reply : [];
}

export function textsOf(reply: Reply): string[] {
  return listOf(reply).map((one) => String(one));
}

function pairsOf(list: readonly string[]): [string, string][] {
  return partsOf(list, 2).map(([first = '', second = '']) => [first, second]);
}
