import { type Answer, FILLED } from './world.ts';

/** The form with other values in it. */
export function filled(...others: (readonly [string, string])[]): (readonly [string, string])[] {
  const names = new Set(others.map(([name]) => name));
  return [...FILLED.filter(([name]) => !names.has(name)), ...others];
}

/** What of an answer anybody can see; the time of day is everybody's. */
export function seen({ status, rawHeaders, text }: Answer) {
  const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'date');
  return JSON.stringify([status, rawHeaders.filter((_, index) => index !== at && index !== at + 1), text]);
}
