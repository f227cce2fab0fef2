import type { Hono } from 'hono';
import { type Html, html, raw } from '../../../src/html.ts';
import type { Look } from '../../../src/look.ts';
import { memberOf, type PlaygroundParts } from './parts.ts';

const GONE = 'This message is not there any more. Load the page again.';

/** Adds how a message would look on other platforms: frames for the page, and in each a small page of its own. */
export function addLooks(app: Hono, parts: PlaygroundParts): void {
  const { playground, loadLooks } = parts;
  const lookAt = async (platform: string) => (await loadLooks()).find((one) => one.platform === platform);

  app.get('/looks/:sheet{[a-z]+\\.css}', async (context) => {
    const look = await lookAt(context.req.param('sheet').replace('.css', ''));
    if (!look) return context.notFound();
    context.header('Content-Type', 'text/css; charset=utf-8');
    return context.body(look.style);
  });

  app.get('/looks/:message', async (context) => {
    const message = playground.message(context.req.param('message'), memberOf(context, parts));
    if (!message) return context.text(GONE, 404);
    const looks = await loadLooks();
    return context.html(
      html`<div class="look-frames">${looks.map((look) => drawFrame(look, message.id))}</div>`,
    );
  });

  app.get('/looks/:message/:platform', async (context) => {
    const message = playground.message(context.req.param('message'), memberOf(context, parts));
    const look = await lookAt(context.req.param('platform'));
    if (!message || !look) return context.text(GONE, 404);
    return context.html(drawLook(look, look.draw(message.card)));
  });
}

function drawFrame({ platform, name }: Look, message: string): Html {
  const address = `/looks/${encodeURIComponent(message)}/${platform}`;
  return html`<figure><figcaption>${name}</figcaption><iframe src="${address}" title="How it looks on ${name}" width="100%" height="420"></iframe></figure>`;
}

function drawLook({ platform, name }: Look, drawn: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>How it looks on ${name}</title>
<link rel="stylesheet" href="/looks/${platform}.css">
</head>
<body>
<main>${raw(drawn)}</main>
</body>
</html>
`;
}
