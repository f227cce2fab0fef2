import { DAY_MS, HOUR_MS, type Instant, localTime, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { utcText } from '../domain/title.ts';
import { type Html, html } from '../html.ts';

const UNITS = [
  { ms: DAY_MS, name: 'd' },
  { ms: HOUR_MS, name: 'h' },
  { ms: MINUTE_MS, name: 'min' },
] as const;

/** `in 3 h`, `5 min ago`, `just now`: the largest unit, rounded down. */
function fromNow(at: Instant, now: Instant): string {
  const ms = msBetween(now, at);
  const unit = UNITS.find((one) => Math.abs(ms) >= one.ms);
  if (!unit) return 'just now';
  const length = `${Math.floor(Math.abs(ms) / unit.ms)} ${unit.name}`;
  return ms > 0 ? `in ${length}` : `${length} ago`;
}

/** An instant in UTC: the same whenever it is shown. */
export function instant(at: Instant): Html {
  return html`<time datetime="${at}">${utcText(at)}</time>`;
}

/** An instant in UTC, and how far it is from now. */
export function moment(at: Instant, now: Instant): Html {
  return html`${instant(at)} <span class="muted">(${fromNow(at, now)})</span>`;
}

/** An instant in another zone, in UTC, and how far it is from now. */
export function momentIn(zone: string, at: Instant, now: Instant): Html {
  if (zone === 'UTC') return moment(at, now);
  const { day, time } = localTime(at, zone);
  return html`<time datetime="${at}">${day} ${time}</time> ${zone} <span class="muted">(${utcText(at)}, ${fromNow(at, now)})</span>`;
}
