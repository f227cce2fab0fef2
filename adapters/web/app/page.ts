import { type Html, html } from '../../../src/html.ts';
import { page } from '../../../src/page.ts';
import { drawPress } from '../cards/actions.ts';
import { assetPath, scriptPaths } from './assets.ts';
import { drawLog, type Log } from './log.ts';
import type { Pane, Viewer } from './message.ts';

/** What the page shows at first. */
export interface Shown {
  papers: Log;
  direct: Log;
  viewer: Viewer;
  /** What has changed after this place comes by the stream. */
  after: string;
}

const STYLES = ['playground.css', 'messages.css', 'papers.css', 'box.css'];

/** The playground: a channel, what is for the reader alone, and a box for commands. */
export function drawPage(shown: Shown): Html {
  const { main, modules } = scriptPaths();
  return page({
    title: 'Playground',
    here: 'playground',
    description: 'Try Paperwire without an account: read today’s AI papers, search, follow topics.',
    styles: STYLES.map(assetPath),
    scripts: [main],
    hasPlayground: true,
    body: html`${modules.map((path) => html`<link rel="modulepreload" href="${path}">\n`)}${bodyOf(shown)}`,
  });
}

/** For an address at which there is nothing. */
export function drawNothing(): Html {
  const body = html`<h1>There is nothing here</h1>
<p>The address may be mistyped, or what stood here is gone. Go on to <a href="/">the playground</a>, <a href="/days">the papers of each day</a> or <a href="/search">the search</a>.</p>`;
  return page({ title: 'Nothing here', isUnlisted: true, hasPlayground: true, body });
}

function bodyOf(shown: Shown): Html {
  return html`<div class="wide playground" data-playground data-after="${shown.after}">
<h1 class="unseen">Playground</h1>
${WITHOUT_SCRIPT}
${SIDE}
<div class="panes">
${paneOf(shown.papers, shown.viewer, INTRODUCTION, shown.papers.messages.length === 0)}
${paneOf(shown.direct, shown.viewer, ALONE, false)}
</div>
${BOX}
<dialog class="looks" data-looks aria-labelledby="looks-title">
<div class="looks-head"><h2 id="looks-title" tabindex="-1">How it looks on Discord and Slack</h2><form method="dialog"><button>Close</button></form></div>
<div data-look-frames></div>
</dialog>
<p class="unseen" role="status" data-live></p>
</div>`;
}

const WITHOUT_SCRIPT = html`<noscript><p class="notice">The playground answers by a script, which this browser does not run. Without one you can read <a href="/days">the papers of each day</a>, <a href="/topics">papers by topic</a>, and <a href="/search">search the archive</a>.</p></noscript>`;

/** How many messages have come that were not seen. */
function unreadOf(pane: Pane): Html {
  return html`<span class="unread" hidden><span data-unread="${pane}"></span><span class="unseen"> new</span></span>`;
}

const SIDE = html`<div class="side">
<div class="tabs" role="tablist" aria-label="Places" data-tabs>
<button type="button" role="tab" id="tab-papers" aria-controls="pane-papers" aria-selected="true"><span aria-hidden="true">#</span> papers${unreadOf('papers')}</button>
<button type="button" role="tab" id="tab-direct" aria-controls="pane-direct" aria-selected="false" tabindex="-1"><span aria-hidden="true">@</span> Direct messages${unreadOf('direct')}</button>
</div>
<p class="connection" data-connection data-state="waiting" role="status">Connecting …</p>
<p class="hint">Type <kbd>/</kbd> anywhere to get to the box, <kbd>↑</kbd> for your last command.</p>
</div>`;

/** Words that the bundled sample has too, so that whoever follows the hint finds something, with or without the source. */
const SEARCHED = 'coding agents';

/** What stands above everything in the channel. */
const INTRODUCTION = html`<div class="introduction">
<h3>What you can do here</h3>
<p>This is a channel as your team would have it on Discord or Slack. Whoever opens this page sees the same channel; direct messages are your own.</p>
<ul>
<li><strong>Read</strong>: press <em>Today</em>, then <em>Details</em> at a paper.</li>
<li><strong>Search</strong>: ${example(`search ${SEARCHED}`)} finds papers by words, authors and topics.</li>
<li><strong>Follow</strong>: ${example('follow what:agents')} brings the new papers of a topic to your direct messages; so does an emoji on the topic panel.</li>
<li><strong>Order</strong>: ${example('feed add time:09:00')} lets an edition come each day; <em>Run the feed now</em> brings it at once.</li>
</ul>
</div>`;

const ALONE = html`<div class="introduction">
<h3>For you alone</h3>
<p>When you first follow a topic by its emoji, you are asked here, within a minute, whether its papers may come; your digests come here too. Nobody else sees them; they belong to this browser.</p>
</div>`;

/** A button that puts a command into the box, to be changed and sent. */
function example(line: string): Html {
  return html`<button type="button" class="example" data-line="${line}"><code>/paper ${line}</code></button>`;
}

function paneOf(log: Log, viewer: Viewer, introduction: Html, isWelcoming: boolean): Html {
  const { pane } = log;
  const title = pane === 'papers' ? 'Messages in #papers' : 'Your direct messages';
  const hidden = pane === 'papers' ? html`` : html` hidden`;
  const welcome = isWelcoming
    ? html`<p class="working" data-welcome>Looking for today’s papers …</p>`
    : html``;
  return html`<section id="pane-${pane}" role="tabpanel" aria-labelledby="tab-${pane}" data-pane-of="${pane}"${hidden}>
<h2 class="unseen">${title}</h2>
${log.hasOlder ? html`` : introduction}
<div class="log" data-log="${pane}">${drawLog(log, viewer)}${welcome}</div>
</section>`;
}

/** The commands that newcomers look for first. */
const QUICK = html`<div class="quick" role="group" aria-label="Quick commands">${[
  drawPress('today', html`Today`),
  drawPress('feed+run', html`Run the feed now`),
  drawPress('topics+panel', html`Topic panel`),
  drawPress('help', html`Help`),
]}</div>`;

const BOX = html`<form class="box" data-box>
<button type="button" class="newer" data-newer hidden>New message below</button>
${QUICK}
<label for="line" class="unseen">A command, such as search diffusion</label>
<div class="line">
<ul class="suggestions" id="suggestions" role="listbox" aria-label="Suggestions" data-suggestions hidden></ul>
<span class="prefix" aria-hidden="true">/paper</span>
<input id="line" name="line" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="suggestions" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="send" maxlength="4000" placeholder="search ${SEARCHED}">
<button class="button primary">Send</button>
</div>
</form>`;
