import { pino } from 'pino';

/** What a log line carries beside its message. */
export type LogFields = Record<string, unknown>;

/** Structured log; messages are static sentences, what varies stands in the fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Tokens of Hugging Face, Slack and Discord, and passwords inside URLs, wherever they stand in a line. */
const SECRET =
  /hf_[A-Za-z0-9]{8,}|xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}|(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g;

/** Replaces every secret in a finished line. `secrets` are further texts that must not show. */
export function scrub(line: string, secrets: readonly string[] = []): string {
  let clean = line.replace(SECRET, '[secret]');
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, '[secret]');
  return clean;
}

/** A log of JSON lines. Standard output belongs to what was asked for, so lines go to `write` (standard error). */
export function createLog(options: {
  level: LogLevel;
  secrets?: readonly string[];
  write?: (line: string) => void;
}): Log {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const logger = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(scrub(line, options.secrets)) },
  );
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      logger[level](fields, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that nobody reads. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
