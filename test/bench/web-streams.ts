import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { heading } from './measure.ts';
import { reportSpread, spreadOf } from './spread.ts';
import { type BenchServer, startServer } from './web-server.ts';

const STREAMS = 200;
const MESSAGES = 50;

/** Open pages of the playground. */
interface Readers {
  /** Resolves once so many messages have come to each. */
  reached(messages: number): Promise<void>;
  close(): void;
}

async function openReaders(url: string, count: number): Promise<Readers> {
  const came = new Array<number>(count).fill(0);
  let wanted = Number.POSITIVE_INFINITY;
  let behind = 0;
  let resolve: () => void = () => undefined;
  const requests: ClientRequest[] = [];

  function see(reader: number, messages: number): void {
    const before = came[reader] ?? 0;
    came[reader] = before + messages;
    if (before < wanted && before + messages >= wanted) behind -= 1;
    if (behind === 0) resolve();
  }

  /** Open once it is told its place. */
  async function open(reader: number): Promise<void> {
    const { promise, resolve: isOpen, reject } = Promise.withResolvers<void>();
    const request = get(`${url}/events`, { agent: false }, (answer: IncomingMessage) => {
      if (answer.statusCode !== 200) return reject(new Error(`A stream was answered ${answer.statusCode}.`));
      answer.setEncoding('utf8').on('data', (piece: string) => {
        isOpen();
        see(reader, piece.split('event: message\n').length - 1);
      });
      answer.on('error', () => undefined);
    });
    request.on('error', reject);
    requests.push(request);
    await promise;
  }

  await Promise.all(Array.from({ length: count }, (_, reader) => open(reader)));
  return {
    async reached(messages) {
      wanted = messages;
      behind = came.filter((one) => one < messages).length;
      if (behind === 0) return;
      await new Promise<void>((done) => {
        resolve = done;
      });
    },
    close: () => requests.forEach((request) => void request.destroy()),
  };
}

interface StreamFigures {
  /** Memory in MB: with nothing open, with streams that are silent, and after messages to all of them. */
  before: number;
  silent: number;
  after: number;
  /** From a post to its arrival at the last reader, in milliseconds. */
  arrivals: number[];
}

/** What open streams hold, against a server in all the same but for them. */
export async function benchStreams(
  folder: string,
  { rounds, silentMs }: { rounds: number; silentMs: number },
): Promise<void> {
  heading(
    `Event streams: ${STREAMS} open (aim ≤ 30 MB), ${rounds} processes with them and ${rounds} without`,
  );
  const turns = createTurns();
  const counts = Array.from({ length: 2 * rounds }, (_, round) => (round % 2 === 0 ? 0 : STREAMS));
  const all = await Promise.all(
    counts.map((count, round) => measureStreams(join(folder, `streams-${round}`), count, silentMs, turns)),
  );
  const withThem = all.filter((_, round) => counts[round] === STREAMS);
  const without = all.filter((_, round) => counts[round] === 0);
  report('silent', withThem, without, ({ before, silent }) => silent - before);
  report(`after ${MESSAGES} messages`, withThem, without, ({ before, after }) => after - before);
  reportSpread('from a post to the last of them', spreadOf(withThem.flatMap(({ arrivals }) => arrivals)));
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other, whoever comes first. */
function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function measureStreams(
  base: string,
  count: number,
  silentMs: number,
  turns: Turns,
): Promise<StreamFigures> {
  const settings = { storeUrl: `sqlite:${base}.db`, indexPath: `${base}.index`, boardPath: `${base}.board` };
  const server = await turns(() => startServer(settings));
  const before = await turns(async () => {
    // What is read and made for the first time is not measured.
    const first = await openReaders(server.url, 5);
    await postAndWait(server, first, MESSAGES);
    first.close();
    await delay(200);
    return await memory(server);
  });
  const readers = await turns(() => openReaders(server.url, count));
  await delay(silentMs);
  const silent = await turns(() => memory(server));
  const arrivals = await turns(() => postAndWait(server, readers, MESSAGES));
  const after = await turns(() => memory(server));
  readers.close();
  await server.end();
  return { before, silent, after, arrivals };
}

let posted = 0;

async function postAndWait(server: BenchServer, readers: Readers, messages: number): Promise<number[]> {
  const arrivals: number[] = [];
  for (let message = 1; message <= messages; message += 1) {
    const from = performance.now();
    const reached = readers.reached(message);
    await server.ask({ ask: 'post', number: posted++ });
    await reached;
    arrivals.push(performance.now() - from);
  }
  return arrivals;
}

async function memory(server: BenchServer): Promise<number> {
  return (await server.ask({ ask: 'spent' })).residentMb ?? Number.NaN;
}

function report(
  name: string,
  withThem: readonly StreamFigures[],
  without: readonly StreamFigures[],
  grown: (figures: StreamFigures) => number,
): void {
  const [one, other] = [withThem.map(grown), without.map(grown)];
  const shown = (some: readonly number[]) => some.map((mb) => mb.toFixed(1)).join(', ');
  const held = `${(median(one) - median(other)).toFixed(1)} MB`;
  console.log(`  ${name.padEnd(40)} ${held}; grown by ${shown(one)} MB, without any by ${shown(other)} MB`);
}

function median(some: readonly number[]): number {
  return some.toSorted((one, other) => one - other)[Math.floor(some.length / 2)] ?? Number.NaN;
}
