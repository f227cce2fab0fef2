// @ts-check
import { startActing } from './acting.js';
import { get } from './asking.js';
import { startBox } from './box.js';
import { startLooks } from './looks.js';
import { putMessage, resetLog } from './messages.js';
import { logOf, shownPane, startPanes } from './panes.js';
import { showAnswer } from './replies.js';
import { revealNewest, startScrolling } from './scrolling.js';
import { startStream } from './stream.js';
import { startSuggestions } from './suggestions.js';
import { localTimes } from './times.js';

const STATES = { live: 'Connected', waiting: 'Reconnecting …' };

/** @param {keyof typeof STATES} state */
function showState(state) {
  const connection = document.querySelector('[data-connection]');
  if (!(connection instanceof HTMLElement) || connection.dataset.state === state) return;
  connection.dataset.state = state;
  connection.textContent = STATES[state];
}

/** The board is another one: nothing that is shown of it stands there any more. */
async function beginAnew() {
  for (const pane of /** @type {const} */ (['papers', 'direct'])) {
    const answer = await get(`/messages?pane=${pane}`);
    if ('html' in answer) resetLog(pane, answer.html);
  }
}

/** An empty channel says nothing to a newcomer. */
async function welcome() {
  const place = document.querySelector('[data-welcome]');
  if (place) showAnswer(await get('/welcome'), place);
}

localTimes(document);
startActing();
startBox();
startSuggestions();
startLooks();
startScrolling();
startPanes((pane) => revealNewest(logOf(pane)));
revealNewest(logOf(shownPane()));
startStream({
  after: document.querySelector('[data-playground]')?.getAttribute('data-after') ?? '',
  onMessage: putMessage,
  onReset: () => void beginAnew(),
  onState: showState,
});
void welcome();
