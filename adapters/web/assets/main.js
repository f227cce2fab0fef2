// @ts-check
import { startActing } from './acting.js';
import { takeMessage, takeMessagesAnew } from './arriving.js';
import { get } from './asking.js';
import { startBox } from './box.js';
import { startLooks } from './looks.js';
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
  onMessage: takeMessage,
  onStale: () => void takeMessagesAnew(),
  onState: showState,
});
void welcome();
