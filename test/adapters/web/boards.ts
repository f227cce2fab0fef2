import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import { openBoard } from '../../../adapters/web/board/sqlite-board.ts';
import type { Card, PanelCard, PaperCard, TextCard } from '../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { aPaper } from '../../fixtures/papers.ts';

export const NOW = '2026-11-23T09:00:00.000Z';
export const ADA = 'ada0ada0ada0ada0';
export const BOB = 'b0bb0bb0bb0bb0bb';

/** Files in memory where there are some: each change waits for the disk, and nothing here is about disks. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The path of a board in a folder of its own, which goes with the test. */
export function aPath(): string {
  const folder = mkdtempSync(join(ROOM, 'paperwire-board-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'playground.db');
}

/** A board that is closed with the test. */
export function aBoard(path = ':memory:', options: { log?: Log; busyTimeoutMs?: number } = {}): Board {
  const board = openBoard(path, { log: silentLog, ...options });
  onTestFinished(() => board.close());
  return board;
}

export function aText(title: string): TextCard {
  return { kind: 'text', title, paragraphs: [] };
}

export const PAPER: PaperCard = {
  kind: 'paper',
  entry: { number: 1, paper: aPaper({ id: '2611.00001' }) },
  notes: [],
};
export const PANEL: PanelCard = {
  kind: 'panel',
  title: 'Topics',
  paragraphs: [],
  topics: BUILT_IN_TOPICS.filter(({ slug }) => ['agents', 'vision'].includes(slug)),
};

export function post(
  board: Board,
  deliveryId: string,
  card: Card = aText(deliveryId),
  channel = 'papers',
): string {
  return board.post({ deliveryId, channel, card }, NOW);
}

/** The titles of a channel's messages. */
export function titles(board: Board, channel = 'papers', limit = 1000): string[] {
  return board.messages(channel, limit).map(({ card }) => ('title' in card ? card.title : ''));
}
