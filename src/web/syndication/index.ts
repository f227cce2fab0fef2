import { etag } from 'etag';
import type { Context, Hono } from 'hono';
import type { Clock } from '../../clock.ts';
import { MINUTE_MS } from '../../domain/calendar.ts';
import type { Gate } from '../../gate.ts';
import type { Log } from '../../log.ts';
import type { ArchiveView } from '../../view.ts';
import { refuse, send, type Written } from './answer.ts';
import { documentOf, type Format } from './document.ts';
import { entriesOf } from './entries.ts';
import { FORMATS } from './formats.ts';
import { createRack } from './rack.ts';
import { isRefusal, NO_DOCUMENT, type Refusal } from './refusal.ts';
import { oneLine } from './said.ts';
import { type Subject, select } from './select.ts';

export interface SyndicationParts {
  archive: ArchiveView;
  gate: Pick<Gate, 'baseUrl'>;
  clock: Clock;
  log: Log;
}

/** How long a document stands as it was written, and how much of them is kept. */
const KEPT = { keptMs: MINUTE_MS, most: 200, mostBytes: 32 * 1024 * 1024 } as const;
const ADDRESS = /^\/feeds\/(?:(daily|search)|topic\/([a-z0-9-]+))\.([a-z]+)$/;

/** Adds the Atom, RSS and JSON documents under `/feeds`. An open app is meant: they hold nothing of a workspace. */
export function addSyndication(app: Hono, parts: SyndicationParts): void {
  const rack = createRack<Written | Refusal>({
    clock: parts.clock,
    ...KEPT,
    bytesOf: (made) => (isRefusal(made) ? undefined : made.body.byteLength),
  });

  app.get('/feeds', (c) => c.redirect('/topics', 302));
  app.get('/feeds/*', async (c) => {
    const asked = askedBy(c);
    if (!asked) return refuse(c, NO_DOCUMENT);
    const { subject, format } = asked;
    const base = parts.gate.baseUrl(c.req.raw);
    const key = JSON.stringify([base, format.ending, subject]);
    const made = await rack.get(key, () => write(subject, format, base, parts));
    return isRefusal(made) ? refuse(c, made) : send(c, made);
  });
}

function askedBy(c: Context): { subject: Subject; format: Format } | undefined {
  const [, name, slug, ending] = ADDRESS.exec(c.req.path) ?? [];
  const format = FORMATS.find((one) => one.ending === ending);
  if (!format) return undefined;
  if (slug !== undefined) return { subject: { kind: 'topic', slug }, format };
  const text = oneLine(c.req.query('q') ?? '');
  return { subject: name === 'search' ? { kind: 'search', text } : { kind: 'daily' }, format };
}

async function write(
  subject: Subject,
  format: Format,
  base: string,
  { archive, log }: SyndicationParts,
): Promise<Written | Refusal> {
  const selection = await select(subject, archive, log);
  if (isRefusal(selection)) return selection;
  const entries = await entriesOf(selection.papers, archive, base);
  const document = documentOf(selection, entries, { base, ending: format.ending });
  const body = new TextEncoder().encode(format.write(document));
  return {
    body,
    type: `${format.type}; charset=utf-8`,
    etag: etag(body),
    ...(entries.length > 0 && { lastModified: new Date(document.updatedAt).toUTCString() }),
  };
}
