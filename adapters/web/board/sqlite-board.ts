import type { DatabaseSync } from 'node:sqlite';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { transaction } from '../../../src/sqlite.ts';
import { PLAYGROUND } from '../place.ts';
import type { Board } from './board.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { createReadings, type Readings } from './readings.ts';
import { createWritings, type Writings } from './writings.ts';

/**
 * A board in an SQLite file, or in memory (`:memory:`). The file is opened by the first call, and one that was closed by
 * the next call. Errors of all of them: those of SQLite, and `ConfigError` for a file that only a person can mend.
 */
export function openBoard(path: string, options: ConnectionOptions): Board {
  const file = createBoardFile(path, options);
  const { read, change, numberOf } = file;

  return {
    get id() {
      return file.id();
    },
    post: ({ deliveryId, channel, card }, postedAt) => {
      const row = { deliveryId, channel, card: JSON.stringify(card), postedAt };
      return file.idOf(change((write) => read().numberOf(deliveryId) ?? write.post(row)));
    },
    find(deliveryId) {
      const number = read().numberOf(deliveryId);
      return number === undefined ? undefined : file.idOf(number);
    },
    edit(id, card) {
      const number = numberOf(id);
      return number !== undefined && change((write) => write.edit(number, JSON.stringify(card)));
    },
    message(id) {
      const number = numberOf(id);
      return number === undefined ? undefined : read().message(number);
    },
    messages(channel, limit, before) {
      const end = before === undefined ? Number.MAX_SAFE_INTEGER : numberOf(before);
      return end === undefined ? [] : read().messages(channel, limit, end);
    },
    changes: (channels, after, limit) => read().changes(channels, after, limit),
    sequence: () => read().sequence(),
    react(id, emoji, member, isAdded) {
      const number = numberOf(id);
      if (number === undefined) return false;
      const reaction = { number, emoji, member };
      return change((write) => (isAdded ? write.add(reaction) : write.remove(reaction)));
    },
    reacted: () => read().reacted(),
    forget: (member) => change((write) => write.forget(member, directTo(PLAYGROUND, member).channel)),
    close: file.close,
  };
}

/** A file that is opened by whatever is asked of it. */
function createBoardFile(path: string, options: ConnectionOptions) {
  let opened: Opened | undefined;
  const at = () => (opened ??= openFile(path, options));
  return {
    id: () => at().id,
    read: () => at().read,
    change<T>(work: (write: Writings) => T): T {
      const { database, write } = at();
      return transaction(database, () => work(write));
    },
    idOf: (number: number): MessageId => idOf(at().id, number),
    /** The number of a message of this board; undefined for an id that it never gave. */
    numberOf(id: MessageId): number | undefined {
      const [, board, number] = /^([0-9a-f]+)-([1-9]\d{0,14})$/.exec(id) ?? [];
      return board === at().id ? Number(number) : undefined;
    },
    close() {
      opened?.database.close();
      opened = undefined;
    },
  };
}

interface Opened {
  database: DatabaseSync;
  id: string;
  read: Readings;
  write: Writings;
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
