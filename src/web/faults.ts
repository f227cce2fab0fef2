import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isSourceError, StoreError } from '../errors.ts';
import type { Html } from '../html.ts';
import type { Log } from '../log.ts';
import { textsFor } from '../texts/index.ts';
import { type Site, showFault, WAYS_ON, waysWithoutPapers } from './answers.ts';

const { host: SAY } = textsFor(undefined);
/** Whoever asks again sooner than after so many seconds finds it no better. */
const REST_S = 60;

/** Adds what is answered where no page fits, and where one broke. */
export function addFaultPages(app: Hono, { site, log }: { site: Site; log: Log }): void {
  app.notFound((context) =>
    showFault(context, site, { sentence: 'There is no such page here.', wayOn: WAYS_ON }),
  );
  app.onError(async (error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    // Whoever reads the source has told that in the log.
    if (isSourceError(error))
      return await notNow(context, site, {
        sentence: SAY.sourceClosed(error.message),
        wayOn: waysWithoutPapers(site),
      });
    log.error('A page could not be shown', { path: context.req.path, error });
    if (error instanceof StoreError)
      return await notNow(context, site, {
        sentence: 'The archive cannot be read just now. Please try again in a minute.',
      });
    const sentence = 'That went wrong in Paperwire itself; its operator finds the reason in the log.';
    return await showFault(context, site, { title: 'That did not work', sentence, status: 500 });
  });
}

async function notNow(
  context: Context,
  site: Site,
  fault: { sentence: string; wayOn?: Html },
): Promise<Response> {
  context.header('Retry-After', `${REST_S}`);
  return await showFault(context, site, { title: 'Not just now', status: 503, ...fault });
}
