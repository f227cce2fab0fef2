import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Site, showFault, WAYS_ON } from './answers.ts';

/** Adds what is answered where no page fits, and where one broke. */
export function addFaultPages(app: Hono, { site, log }: { site: Site; log: Log }): void {
  app.notFound((context) =>
    showFault(context, site, { sentence: 'There is no such page here.', wayOn: WAYS_ON }),
  );
  app.onError(async (error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error('A page could not be shown', { path: context.req.path, error });
    if (!(error instanceof StoreError)) {
      const sentence = 'That went wrong in Paperwire itself; its operator finds the reason in the log.';
      return await showFault(context, site, { title: 'That did not work', sentence, status: 500 });
    }
    context.header('Retry-After', '60');
    const sentence = 'The archive cannot be read just now. Please try again in a minute.';
    return await showFault(context, site, { title: 'Not just now', sentence, status: 503 });
  });
}
