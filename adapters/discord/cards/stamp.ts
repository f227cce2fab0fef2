/** What is known of the message that a press was made on. */
export interface Stamp {
  /** Tells its delivery; see `nonce.ts`. */
  mark?: string;
  /** The server that a press in a direct message acts in. */
  home?: string;
}

/** New components, with the stamp on every `custom_id`; an earlier one is replaced. */
export function stamp<T>(components: T, { mark, home }: Stamp): T {
  const at = home !== undefined && /^\d{1,20}$/.test(home) ? `@${BigInt(home).toString(36)}` : '';
  const suffix = mark === undefined && at === '' ? '' : `~${mark ?? ''}${at}`;
  return stampAll(components, suffix) as T;
}

/** The marks of all components of a message, as far as they have any. */
export function marksIn(components: unknown): string[] {
  const ids = [...walk(components)].flatMap(({ custom_id: id }) => (typeof id === 'string' ? id : []));
  return ids.flatMap((id) => readStamp(id.split('~')[1] ?? '').mark ?? []);
}

/** Reads what stands behind the `~` of a `custom_id`; what is damaged is left out. */
export function readStamp(stamped: string): Stamp {
  const [mark = '', home = ''] = stamped.split('@');
  const isHome = /^[\da-z]{1,13}$/.test(home);
  return { ...(mark === '' ? {} : { mark }), ...(isHome ? { home: fromBase36(home) } : {}) };
}

/** A server's id as a `custom_id` carries it, read back. */
export function fromBase36(text: string): string {
  return String([...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object in what came from anywhere, the outer before the inner. */
export function* walk(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const one of value) yield* walk(one);
  if (!isRecord(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* walk(inner);
}

function stampAll(value: unknown, suffix: string): unknown {
  if (Array.isArray(value)) return value.map((one) => stampAll(one, suffix));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      name === 'custom_id' && typeof one === 'string'
        ? [name, `${one.split('~')[0]}${suffix}`]
        : [name, stampAll(one, suffix)],
    ),
  );
}
