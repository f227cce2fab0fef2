import { type CheerioAPI, load } from 'cheerio/slim';
import { expect } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import { MOST_MESSAGES } from '../../../adapters/web/board/board.ts';
import { drawCard } from '../../../adapters/web/cards/draw.ts';
import { createAdapterOn } from '../../../adapters/web/index.ts';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import type { Card } from '../../../src/domain/card.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { createGate } from '../../../src/gate.ts';
import { silentLog } from '../../../src/log.ts';
import type { AdapterBench, AdapterSubject, Operation, ShownPaper } from '../../contracts/adapter.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { ADA, aBoard, aPath, NOW } from './boards.ts';

const IN_PROCESS = 'the board is in this process: it answers, or says that it has done nothing';

/** The playground as the contract suite sees it, on a board in memory or in a file. */
export function webSubject(name: string, { isInFile }: { isInFile: boolean }): AdapterSubject {
  return {
    name,
    create: () => createWebBench(isInFile),
    cannot: {
      throttled: 'the board takes everything at once and never asks for a pause',
      'request-lost': IN_PROCESS,
      'answer-lost': IN_PROCESS,
      hang: IN_PROCESS,
      forbidden: 'whoever opens the board may write to it',
      gone: 'its one channel and its members’ own do not go; a channel that never was has a test of its own',
      rejected: 'the board has no limits; a payload that is no card has a test of its own',
      skew: 'the board has our clock',
    },
  };
}

function createWebBench(isInFile: boolean): AdapterBench {
  const clock = createFakeClock(NOW);
  const path = isInFile ? aPath() : ':memory:';
  const opened = aBoard(path);
  const faults: Operation[] = [];
  const calls: Operation[] = [];
  const gate = createGate({ host: '127.0.0.1', log: silentLog });
  const create = (board: Board) =>
    createAdapterOn(watchCalls(board, calls, faults), {
      gate,
      route() {},
      loadLooks: async () => [],
      clock,
      log: silentLog,
    });
  const places = [PLAYGROUND, directTo(PLAYGROUND, ADA)];
  const drawn = (at = places) =>
    at.flatMap(({ channel }) => opened.messages(channel, MOST_MESSAGES).map(({ card }) => draw(card)));
  return {
    adapter: create(opened),
    restarted: () => create(isInFile ? aBoard(path) : opened),
    destination: PLAYGROUND,
    member: ADA,
    installer: undefined,
    // So that what is looked for is not on the board any more.
    pageSize: MOST_MESSAGES,
    now: clock.now,
    skew() {},
    calls: (operation = 'send') => calls.filter((one) => one === operation).length,
    failNext: (_fault, operation = 'send') => void faults.push(operation),
    shown: () => drawn().flatMap(papersIn),
    text: (at) =>
      drawn(at && [at])
        .map(textIn)
        .join(' ')
        .replace(/\s+/g, ' '),
    assertInert: () => drawn().forEach(assertInert),
  };
}

/** The board, on which a call fails as where the file is locked. */
function watchCalls(board: Board, calls: Operation[], faults: Operation[]): Board {
  const call = <T>(operation: Operation, work: () => T): T => {
    calls.push(operation);
    const fault = faults.indexOf(operation);
    if (fault < 0) return work();
    faults.splice(fault, 1);
    throw Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
  };
  return {
    ...board,
    post: (...given) => call('send', () => board.post(...given)),
    find: (...given) => call('find', () => board.find(...given)),
    edit: (...given) => call('edit', () => board.edit(...given)),
  };
}

/** A card as a browser reads it. */
function draw(card: Card): CheerioAPI {
  const drawn = drawCard(card);
  if (drawn instanceof Promise) throw new TypeError('A card is drawn at once.');
  return load(drawn.toString(), {}, false);
}

function textIn($: CheerioAPI): string {
  return $.root().text();
}

/** Papers of a list by their numbers, or the one that stands alone. */
function papersIn($: CheerioAPI): ShownPaper[] {
  return $('[data-number], .paper-card')
    .toArray()
    .map((element) => {
      const paper = $(element);
      const number = paper.attr('data-number');
      const title = paper.find('.paper-title');
      return {
        ...(number === undefined ? {} : { number: Number(number) }),
        title: title.text(),
        upvotes: Number(paper.find('data.votes').attr('value')),
        url: title.attr('href'),
      };
    });
}

const TAGS = /^(a|br|button|code|data|div|dd|dl|dt|em|h3|h4|img|li|ol|p|section|span|strong|time|ul)$/;
const ATTRIBUTES =
  /^(href|rel|target|src|alt|width|height|loading|referrerpolicy|class|id|title|type|value|role|lang|dir|datetime|data-[a-z]+|aria-[a-z]+)$/;
/** What nobody sees and what turns text round; the two isolating signs may stand. */
const HIDDEN =
  /[^\P{Cc}\n]|\p{Cs}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2067\ufeff\u{e0000}-\u{e007f}]/u;

/** Only our own structure, links to the web, and words that everybody sees. */
function assertInert($: CheerioAPI): void {
  for (const element of $('*')) {
    expect($(element).prop('tagName')?.toLowerCase()).toMatch(TAGS);
    for (const [name, value] of Object.entries($(element).attr() ?? {})) {
      expect(name).toMatch(ATTRIBUTES);
      expect(value).not.toMatch(HIDDEN);
      if (name === 'href' || name === 'src') expect(value).toMatch(/^https?:\/\/[^@/]*(\/|$)/);
    }
  }
  expect(textIn($)).not.toMatch(HIDDEN);
  expect(
    $.root()
      .contents()
      .toArray()
      .filter(({ type }) => type === 'comment'),
  ).toEqual([]);
}
