import type { DatabaseSync } from 'node:sqlite';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { transaction } from '../../../src/sqlite.ts';
import { PLAYGROUND } from '../place.ts';
import type { Board } from './board.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { createReadings, type Readings } from './readings.ts';
import { createWritings, type Writings } from './writings.ts';

/** An open file. */
interface Opened {
  database: DatabaseSync;
  id: string;
  read: Readings;
  write: Writings;
}

/**
 * A board in an SQLite file, or in memory (`:memory:`). The file is opened by the first call, and one that was closed by
 * the next call. Errors of all of them: those of SQLite, and `ConfigError` for a file that only a person can mend.
 */
export function openBoard(path: string, options: ConnectionOptions): Board {
  let opened: Opened | undefined;
  const at = () => (opened ??= openFile(path, options));
  /** The number of a message of this board; undefined for an id that it never gave. */
  const numberOf = (id: MessageId): number | undefined => {
    const [, board, number] = /^([0-9a-f]+)-([1-9]\d{0,14})$/.exec(id) ?? [];
    return board === at().id ? Number(number) : undefined;
  };
  const change = <T>(work: (write: Writings) => T): T => {
    const { database, write } = at();
    return transaction(database, () => work(write));
  };

  return {
    get id() {
      return at().id;
    },
    post: ({ deliveryId, channel, card }, postedAt) => {
      const row = { deliveryId, channel, card: JSON.stringify(card), postedAt };
      return idOf(
        at().id,
        change((write) => at().read.numberOf(deliveryId) ?? write.post(row)),
      );
    },
    find(deliveryId) {
      const number = at().read.numberOf(deliveryId);
      return number === undefined ? undefined : idOf(at().id, number);
    },
    edit(id, card) {
      const number = numberOf(id);
      return number !== undefined && change((write) => write.edit(number, JSON.stringify(card)));
    },
    message(id) {
      const number = numberOf(id);
      return number === undefined ? undefined : at().read.message(number);
    },
    messages(channel, limit, before) {
      const end = before === undefined ? Number.MAX_SAFE_INTEGER : numberOf(before);
      return end === undefined ? [] : at().read.messages(channel, limit, end);
    },
    changes: (channels, after, limit) => at().read.changes(channels, after, limit),
    sequence: () => at().read.sequence(),
    react(id, emoji, member, isAdded) {
      const number = numberOf(id);
      if (number === undefined) return false;
      const reaction = { number, emoji, member };
      return change((write) => (isAdded ? write.add(reaction) : write.remove(reaction)));
    },
    reacted: () => at().read.reacted(),
    forget: (member) => change((write) => write.forget(member, directTo(PLAYGROUND, member).channel)),
    close() {
      opened?.database.close();
      opened = undefined;
    },
  };
}

function openFile(path: string, options: ConnectionOptions): Opened {
  const database = connect(path, options);
  const id = String(database.prepare('SELECT id FROM board').get()?.id);
  const read = createReadings(database, (number) => idOf(id, number));
  return { database, id, read, write: createWritings(database) };
}

/** Holds the board's own id: what the ledger knows of another board must not be taken for a message of this one. */
function idOf(board: string, number: number): MessageId {
  return `${board}-${number}`;
}
