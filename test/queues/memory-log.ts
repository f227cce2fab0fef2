import type { Log, LogFields } from '../../src/log.ts';

/** A log that a test reads. */
export interface MemoryLog extends Log {
  readonly lines: readonly { level: keyof Log; message: string; fields: LogFields }[];
}

export function createMemoryLog(): MemoryLog {
  const lines: { level: keyof Log; message: string; fields: LogFields }[] = [];
  const at =
    (level: keyof Log) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
