import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../servers/index.ts';
import { type Lived, liveWithTeam } from './moving-team.ts';
import { installProgram, NOBODY, type Program } from './program.ts';
import { placeOnPostgres, placeOnRedis, type SharedPlace } from './shared-place.ts';

let program: Program;
let stores = 0;
/** What comes of a team that stays where it is. */
let stayed: Lived;

beforeAll(async () => {
  program = installProgram(NOBODY);
  stayed = await liveWithTeam(newFile(), async (storeUrl) => storeUrl);
});
afterAll(() => program.remove());

function newFile(): string {
  stores += 1;
  return `sqlite:${program.folder}/${stores}.db`;
}

/** Moves a store by the command line, as its user does. */
async function move(from: string, to: string): Promise<string> {
  const exported = await program.run(['export'], { env: { STORE_URL: from } });
  expect(exported.code, exported.err).toBe(0);
  const imported = await program.run(['import'], { env: { STORE_URL: to }, input: exported.out });
  expect(imported.code, imported.err).toBe(0);
  expect(imported.err).toContain('The store is whole.');
  return to;
}

it('a team lives through what these tests look at', () => {
  const { middle, follows, saved, posted } = stayed;
  expect(middle).toEqual(['sent', 'sent', 'sent', 'sending', 'planned', 'planned', 'planned']);
  expect(follows).toEqual([['bo li'], ['cy wu'], ['robotics'], ['robotics'], ['robotics']]);
  expect(saved).toEqual([['2611.00002'], [], [], [], []]);
  const ids = posted.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(posted.some(({ edits }) => edits > 0)).toBe(true);
});

function movesTo(place: (server: string) => SharedPlace, server: string): void {
  it('and what follows is as if it had never moved: every message, follow, emoji and saved paper', async () => {
    const { storeUrl, remove } = place(server);
    try {
      expect(await liveWithTeam(newFile(), (from) => move(from, storeUrl))).toEqual(stayed);
    } finally {
      await remove();
    }
  });
}

describeWith('postgres', 'a team moves to Postgres in the middle of an edition', (url) =>
  movesTo(placeOnPostgres, url),
);
describeWith('redis', 'a team moves to Redis in the middle of an edition', (url) =>
  movesTo(placeOnRedis, url),
);
