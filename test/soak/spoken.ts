import { z } from 'zod';
import type { Instant } from '../../src/domain/calendar.ts';

/** A line of a log. */
export interface Said {
  message: string;
  /** By the program's clock. */
  at: Instant;
}

/** What a program has written to standard error. */
export interface Spoken {
  /** Errors of its log, in order. */
  errors: readonly Said[];
  /** Warnings of its log, by their message. */
  warnings: ReadonlyMap<string, number>;
  /** Lines that are none of its log: warnings of Node, and what nobody caught. */
  strange: readonly string[];
}

const lineSchema = z.object({ level: z.number(), time: z.string(), msg: z.string() });
const [WARN, ERROR] = [40, 50];
/** Said by `moving-date.ts` whenever it reads its file. */
const MOVED = /^moved by -?\d+$/;

export function spokenBy(stderr: string): Spoken {
  const errors: Said[] = [];
  const warnings = new Map<string, number>();
  const strange: string[] = [];
  for (const line of stderr.split('\n').filter((one) => one !== '' && !MOVED.test(one))) {
    const logged = readLine(line);
    if (!logged) strange.push(line);
    else if (logged.level >= ERROR) errors.push({ message: logged.msg, at: logged.time });
    else if (logged.level >= WARN) warnings.set(logged.msg, (warnings.get(logged.msg) ?? 0) + 1);
  }
  return { errors, warnings, strange };
}

function readLine(line: string): z.output<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
