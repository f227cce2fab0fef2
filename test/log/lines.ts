import { createLog, type LogFields } from '../../src/log.ts';

export function logged(work: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string {
  let lines = '';
  work(createLog({ level: 'debug', secrets, write: (line) => (lines += line) }));
  return lines;
}

export function linesOf(text: string): LogFields[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogFields);
}
