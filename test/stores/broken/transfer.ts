import { StoreError } from '../../../src/errors.ts';
import type { TransferLine } from '../../../src/transfer.ts';
import { linesOf } from '../../contracts/transfer-samples.ts';
import { type BrokenStore, withTransfer } from './kit.ts';

/** Reads with lines changed, left out or doubled. */
async function* through(
  lines: AsyncIterable<TransferLine>,
  change: (line: TransferLine) => readonly TransferLine[],
): AsyncGenerator<TransferLine> {
  for await (const line of lines) yield* change(line);
}

/** A line of the index without what makes it a digest. */
function asListed(line: TransferLine): TransferLine {
  const { platform, workspace, wakeAt } = line.value as Record<'platform' | 'workspace' | 'wakeAt', string>;
  return { ...line, value: { platform, workspace, wakeAt } };
}

export const TRANSFER: BrokenStore[] = [
  {
    fault: 'records are written anew instead of as they are',
    noticedBy: 'gives the same lines to the letter',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        write: (lines) =>
          write(
            lines.map((line) => JSON.parse(JSON.stringify(line).replaceAll('2.50', '2.5')) as TransferLine),
          ),
      })),
  },
  {
    fault: 'records that were set aside stay behind',
    noticedBy: 'gives the same lines to the letter',
    breaks: (store) =>
      withTransfer(store, ({ read }) => ({
        read: () => through(read(), (line) => (line.kind === 'damaged' ? [] : [line])),
      })),
  },
  {
    fault: 'kinds that this version does not know stay behind',
    noticedBy: 'in an order that what is kept decides',
    breaks: (store) =>
      withTransfer(store, ({ read }) => ({
        read: () => through(read(), (line) => (line.kind === 'settings' ? [] : [line])),
      })),
  },
  {
    fault: 'members stay behind',
    noticedBy: 'is the same store',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        write: (lines) => write(lines.filter(({ kind }) => kind !== 'ratings')),
      })),
  },
  {
    fault: 'what a member follows moves by name',
    noticedBy: 'in an order that what is kept decides',
    breaks: (store) =>
      withTransfer(store, ({ read }) => ({
        async *read() {
          const lines: TransferLine[] = [];
          for await (const line of read()) lines.push(line);
          const isFollowed = ({ kind }: TransferLine) => kind === 'subscriptions';
          const followed = lines.filter(isFollowed).sort((one, other) => (one.key < other.key ? -1 : 1));
          for (const line of lines) yield isFollowed(line) ? (followed.shift() ?? line) : line;
        },
      })),
  },
  {
    fault: 'a digest moves as a feed of its workspace',
    noticedBy: 'is the same store',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        write: (lines) => write(lines.map((line) => (line.kind === 'wakes' ? asListed(line) : line))),
      })),
  },
  {
    fault: 'a store that keeps only members is empty',
    noticedBy: 'when anything is kept of people',
    breaks: (store) =>
      withTransfer(store, ({ state }) => ({
        async state() {
          const kinds = new Set((await linesOf(store)).map(({ kind }) => kind));
          return kinds.size === 1 && kinds.has('ratings') ? 'empty' : await state();
        },
      })),
  },
  {
    fault: 'wakes that do not say whose they are do not fit',
    noticedBy: 'lines from before there were members',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        async write(lines) {
          const isOld = ({ kind, value }: TransferLine) => kind === 'wakes' && !('isDigest' in Object(value));
          if (lines.some(isOld)) throw new StoreError('transfer');
          await write(lines);
        },
      })),
  },
  {
    fault: 'deliveries move by what they say',
    noticedBy: 'a damaged payload moves',
    breaks: (store) =>
      withTransfer(store, ({ read }) => ({
        async *read() {
          for await (const line of read()) {
            if (line.kind === 'deliveries') await store.ledger.delivery(line.key);
            yield line;
          }
        },
      })),
  },
  {
    fault: 'claims move too',
    noticedBy: 'claims stay where they are',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        async write(lines) {
          await write(lines);
          await store.ledger.claim('feed:zeta', 'run', 3_600_000);
        },
      })),
  },
  {
    fault: 'what is there is written over',
    noticedBy: 'a transfer that was cut',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        async write(lines) {
          for (const { kind, key } of lines) if (kind === 'feeds') await store.removeFeed(key);
          await write(lines);
        },
      })),
  },
  {
    fault: 'lines are taken in one by one',
    noticedBy: 'taken in all or none',
    breaks: (store) =>
      withTransfer(store, ({ write }) => ({
        async write(lines) {
          for (const line of lines) await write([line]);
        },
      })),
  },
  {
    fault: 'half a store looks whole',
    noticedBy: 'a store says whether it is empty',
    breaks: (store) =>
      withTransfer(store, ({ write, end }) => ({
        async write(lines) {
          await write(lines);
          await end();
        },
      })),
  },
  {
    fault: 'lines are those of when they are read',
    noticedBy: 'those of one moment',
    breaks: (store) =>
      withTransfer(store, () => ({
        async *read() {
          const [first] = await linesOf(store);
          if (first) yield first;
          yield* (await linesOf(store)).slice(1);
        },
      })),
  },
  {
    fault: 'any export may go on with what another one began',
    noticedBy: 'a store says whether',
    breaks: (store) =>
      withTransfer(store, ({ begin }) => ({
        begin: async (id) => (await begin(id)) || id === 'another export',
      })),
  },
];
