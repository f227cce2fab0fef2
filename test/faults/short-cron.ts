// The ticks of a program whose minutes are shorter; see `hurry.ts`.
import * as cron from 'node-cron';

export * from 'node-cron';

const speed = Number(new URL(import.meta.url).searchParams.get('speed'));
const EACH_MINUTE = `*/${Math.max(1, Math.round(60 / speed))} * * * * *`;

/** Whatever is asked for: the program asks for each minute. */
export function createTask(
  _: string,
  ...rest: Parameters<typeof cron.createTask> extends [string, ...infer Rest] ? Rest : never
) {
  return cron.createTask(EACH_MINUTE, ...rest);
}
