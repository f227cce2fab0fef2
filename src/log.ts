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

/**
 * What is a secret by its look: tokens of Hugging Face, Slack and Discord (its webhooks and interactions too), what
 * stands before the host of a URL, credentials of a header or a query. No repetition follows another: linear time.
 */
const SECRET = new RegExp(
  [
    /(?:hf|api_org)_[A-Za-z0-9]{8,}|(?:xox[a-z]|xapp)-[\w-]+|(?<=hooks\.slack\.com\/\w{1,20}\/)[\w/-]+/,
    /[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=\/(?:webhooks|interactions)\/\d{1,20}\/)[\w.-]+/,
    /(?<=:\/\/)[^\s/"]+(?=@)|(?<=(?:token|secret|password|api_?key)=)[^\s&"]+/,
    /(?<=[Bb]earer )[\w.~+/=-]{8,}|(?<=^[Bb]asic )[\w+/]{8,}={0,2}$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
/** Whose mailbox it is: nobody who reads a log need know. What stands before an `@`, and a domain after it. */
const MAILBOX = /[^\s"'<>()@,;:/\\]{1,64}(?=@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z])/g;
/** A shorter one is no secret, and would take every second word with it. */
const MIN_SECRET_LENGTH = 4;
const HIDDEN = '[secret]';

/** Makes what hides secrets in a text: those that look like one, and `secrets` as such, inside JSON and in URLs. */
export function createScrubber(secrets: readonly string[] = []): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
    ]);
  // Longest first: one secret may be the beginning of another.
  const known = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return (text) =>
    known.reduce((clean, form) => clean.replaceAll(form, HIDDEN), text).replace(SECRET, HIDDEN);
}

/** The strings and numbers of a line of JSON. */
const VALUE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The beginning of a buffer, or of another array of bytes, as JSON has them: a text in a form in which nobody finds it. */
const BYTES = /("data":\[|\{"0":)\d{1,3}(?![\d.eE])(?:,(?:"\d+":)?\d{1,3}(?![\d.eE]))*/g;

/**
 * Scrubs the finished line, so that nothing gets past it: not in a message, a stack or a key. Strings are decoded
 * first; else the escape of a line break before a secret would be taken for its first letter, and the line broken.
 */
function scrubLine(line: string, scrub: (text: string) => string): string {
  return line.replace(BYTES, '$1"[bytes]"').replace(VALUE, (value) => {
    const text = value.startsWith('"') ? (JSON.parse(value) as string) : value;
    const clean = scrub(text);
    return clean === text ? value : JSON.stringify(clean);
  });
}

/** A log of JSON lines. Standard output belongs to what was asked for, so lines go to `write` (standard error). */
export function createLog(options: {
  level: LogLevel;
  secrets?: readonly string[];
  write?: (line: string) => void;
}): Log {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const scrub = createScrubber(options.secrets);
  const { err, errWithCause } = pino.stdSerializers;
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: errWithCause, err },
    },
    { write: (line: string) => write(scrubLine(line, (text) => scrub(text).replace(MAILBOX, HIDDEN))) },
  );
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      logger[level](fields, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The same log with more in each of its lines; what a line says itself goes first. */
export function withFields(log: Log, fields: LogFields): Log {
  const at = (level: keyof Log) => (message: string, more?: LogFields) =>
    log[level](message, { ...fields, ...more });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that nobody reads. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
