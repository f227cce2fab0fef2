// The calendar with shorter seconds and minutes, for what the program waits; see `hurry.ts`.
export * from '../../src/domain/calendar.ts';

const speed = Number(new URL(import.meta.url).searchParams.get('speed'));
export const SECOND_MS = 1000 / speed;
export const MINUTE_MS = 60 * SECOND_MS;
