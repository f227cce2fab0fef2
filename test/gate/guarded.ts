import { expect } from 'vitest';
import type { Answer, World } from './world.ts';

/** What any answer carries, also one to what no app was asked. */
const ALWAYS = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'];

export function expectGuarded(answer: Answer, what: string) {
  for (const name of ALWAYS) expect(answer.headers.has(name), `${name}: ${what}`).toBe(true);
}

/** It is still there, and nothing was taken for a fault of its own. */
export async function expectUnharmed({ get, logged }: World) {
  expect(await get('/')).toMatchObject({ status: 200, body: 'front page' });
  expect(logged).toEqual([]);
}
