// @ts-check

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/**
 * Says times in the reader's own zone and way.
 *
 * @param {ParentNode} within
 */
export function localTimes(within) {
  const today = new Date().toDateString();
  for (const time of within.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    const isToday = at.toDateString() === today;
    time.textContent = isToday ? CLOCK.format(at) : `${DAY.format(at)}, ${CLOCK.format(at)}`;
    time.title = WHOLE.format(at);
  }
}
