import type { Hono } from 'hono';
import { addAnswering } from './answering.ts';
import { addAssets } from './assets.ts';
import { addEvents } from './events.ts';
import { addLooks } from './looks.ts';
import { drawNothing } from './page.ts';
import type { PlaygroundParts } from './parts.ts';
import { addReading } from './reading.ts';

export type { PlaygroundParts } from './parts.ts';

/** The pages of the playground, for the root of the port: locked, as whoever gets in may give any command. */
export function createPlaygroundApp(parts: PlaygroundParts): Hono {
  const app = parts.gate.app('locked');
  addReading(app, parts);
  addAnswering(app, parts);
  addEvents(app, parts);
  addLooks(app, parts);
  addAssets(app);
  app.notFound((context) => context.html(drawNothing(), 404));
  return app;
}
