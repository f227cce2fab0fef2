import type { Context } from 'hono';
import { type Day, isDay, monthOf } from '../../domain/calendar.ts';
import { hasDailyList, periodFault } from '../../domain/listing.ts';
import { dayName, listingTitle } from '../../domain/title.ts';
import { type Html, html } from '../../html.ts';
import { nameOf } from '../../paper-lines.ts';
import { textsFor } from '../../texts/index.ts';
import type { DayView } from '../../view.ts';
import { type Site, show, showFault, WAYS_ON, waysWithoutPapers } from '../answers.ts';
import { instant } from '../moments.ts';
import { alternatesOf, DAILY, subscribeLine } from '../syndicated.ts';
import { paperList } from './papers.ts';
import type { ArchiveParts } from './parts.ts';

const { listing: SAY } = textsFor(undefined);
/** A quarter of weekdays. */
const DAYS_SHOWN = 66;

/** The archived days, newest first, by month. */
export async function showDays(context: Context, { site, archive }: ArchiveParts): Promise<Response> {
  const given = context.req.query('before');
  if (given !== undefined && !isDay(given)) {
    const sentence = `“${given.slice(0, 40)}” is no day. Write it as YYYY-MM-DD, for example ?before=2026-11-23.`;
    return await showFault(context, site, { sentence, wayOn: WAYS_ON });
  }
  const found = await archive.days(DAYS_SHOWN + 1, given);
  const days = found.slice(0, DAYS_SHOWN);
  const oldest = found.length > DAYS_SHOWN ? days.at(-1)?.day : undefined;
  const body = html`<h1>Papers by day</h1>
<p class="lead">Each weekday’s list from Hugging Face, as it was last read.</p>
${subscribeLine(DAILY)}
${days.length === 0 && (given === undefined ? html`${nothingYet(site)}\n${waysWithoutPapers(site)}` : html`<p class="notice">There is no list before ${given}.</p>`)}
${[...Map.groupBy(days, ({ day }) => monthOf(day))].map(([month, some]) => monthOfDays(month, some))}
<nav class="turn" aria-label="Other days">${given !== undefined && html`<a class="button" href="/days">Newest days</a>`}${oldest && html`<a class="button" rel="next" href="/days?before=${oldest}">Older days →</a>`}</nav>`;
  const title = given === undefined ? 'Papers by day' : `Papers by day, before ${given}`;
  return await show(context, site, {
    title,
    here: 'papers',
    path: given === undefined ? '/days' : `/days?before=${given}`,
    description: 'Every archived list of the day’s trending AI papers.',
    alternates: alternatesOf(DAILY),
    caching: 'public',
    body,
  });
}

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function monthOfDays(month: string, days: readonly { day: Day; size: number }[]): Html {
  const items = days.map(
    ({ day, size }) =>
      html`<li><a class="day" href="/days/${day}"><strong>${dayName(day)}</strong> <span class="muted">${SAY.papers(size)}</span></a></li>\n`,
  );
  const name = MONTH.format(Date.parse(`${month}-01T00:00:00.000Z`));
  return html`<h2>${name}</h2>\n<ul class="days">\n${items}</ul>`;
}

/** Goes to the newest day that has papers. */
export async function goToNewest(context: Context, { site, archive }: ArchiveParts): Promise<Response> {
  const [newest] = await archive.days(1);
  context.header('Cache-Control', 'no-store');
  if (newest) return context.redirect(`/days/${newest.day}`);
  const title = 'No papers yet';
  const body = html`<h1>${title}</h1>\n${nothingYet(site)}\n${waysWithoutPapers(site)}`;
  return await show(context, site, { title, here: 'papers', isUnlisted: true, body });
}

/** Why there is no list, and what brings one. */
function nothingYet({ hasPlayground }: Site): Html {
  const until = hasPlayground ? ' Until then the playground has what was posted there.' : '';
  return html`<p class="notice">No list has been read yet. The first one is here as soon as an edition has been made of it; where the source can be reached, “paperwire fetch” reads one at once.${until}</p>`;
}

/** A day's list; where there is none, why. */
export async function showDay(context: Context, day: string, parts: ArchiveParts): Promise<Response> {
  const { site, archive, clock } = parts;
  const view = isDay(day) ? await archive.day(day) : undefined;
  if (!view) return await showFault(context, site, { sentence: missing(day, clock.now()), wayOn: WAYS_ON });
  const title = listingTitle({ kind: 'daily', key: day });
  return await show(context, site, {
    title,
    here: 'papers',
    path: `/days/${day}`,
    description: description(view),
    alternates: alternatesOf(DAILY),
    caching: 'public',
    body: dayBody(title, view, parts),
  });
}

function missing(day: string, now: string): string {
  const fault = periodFault('daily', day, now);
  if (fault?.fault === 'form') return SAY.noPeriod(day.slice(0, 40), SAY.forms.daily, fault.bound);
  if (fault?.fault === 'early') return SAY.early(SAY.kinds.daily, day, fault.bound);
  if (fault) return SAY.late(SAY.kinds.daily, day, fault.bound);
  if (!hasDailyList(day)) return 'There are no lists on Saturdays and Sundays. Choose a weekday.';
  return `The list of ${dayName(day)} is not in this archive. Choose another day, or ask the bot for it: "/paper today day:${day}".`;
}

function description({ papers }: DayView): string {
  const first = papers.slice(0, 3).map(({ paper }) => nameOf(paper));
  return [SAY.papers(papers.length), ...first].join(' · ');
}

function dayBody(title: string, view: DayView, { archive }: ArchiveParts): Html {
  const { papers, fetchedAt } = view;
  const list =
    papers.length > 0
      ? paperList(
          papers.map(({ paper }) => paper),
          { archive, level: 2 },
        )
      : html`<p class="notice">${SAY.none} ${SAY.notYet}</p>`;
  return html`<h1>${title}</h1>
<p class="lead">${SAY.papers(papers.length)}, most votes first. Last read on ${instant(fetchedAt)}.</p>
${subscribeLine(DAILY)}
${otherDays(view, 'Other days')}
${list}
${papers.length > 5 && otherDays(view, 'Other days, again')}`;
}

function otherDays({ previous, next }: DayView, name: string): Html {
  const before =
    previous &&
    html`<a class="button" rel="prev" href="/days/${previous}">← <span class="unseen">Day before: </span>${previous}</a>`;
  const after =
    next &&
    html`<a class="button" rel="next" href="/days/${next}"><span class="unseen">Day after: </span>${next} →</a>`;
  return html`<nav class="turn" aria-label="${name}">${before}<a class="button" href="/days">All days</a>${after}</nav>`;
}
