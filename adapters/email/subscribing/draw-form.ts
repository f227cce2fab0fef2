import { whatOf } from '../../../src/domain/subscription.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { type Html, html, raw } from '../../../src/html.ts';
import { MAIL_LISTINGS, type MailOrder } from '../../../src/subscribers.ts';
import type { Faults, Field, Filled } from './order-form.ts';
import { LISTINGS } from './words.ts';

/** A form, with what was wrong with it where it comes back. */
export interface Form {
  filled: Filled;
  faults?: Faults;
  choices: MailOrder['interests'];
  /** What its button does. */
  does: string;
}

/** The form by which somebody says what they want; it is sent to the address of its own page. */
export function drawForm({ filled, faults = {}, choices, does }: Form): Html {
  return html`<form class="order" method="post">
${filled.address !== undefined && addressField(filled.address, faults)}
${listingField(filled.listing, faults)}
<div class="field">
${timeField(filled.time, faults)}
${zoneField(filled.zone, faults)}
</div>
${aboutField(filled.about, choices, faults)}
<p><button class="button primary" type="submit">${does}</button></p>
</form>`;
}

function addressField(address: string, faults: Faults): Html {
  // Not of the type `email`: browsers then refuse letters beyond ASCII before the `@`.
  return html`<div class="asked"><label for="address">Your e-mail address</label>
<input id="address" name="address" type="text" inputmode="email" autocomplete="email" autocapitalize="off" spellcheck="false" maxlength="254" required value="${address}"${told('address', faults)}>
${fault('address', faults)}</div>`;
}

function listingField(chosen: string, faults: Faults): Html {
  const options = MAIL_LISTINGS.map(
    (listing) =>
      html`<option value="${listing}"${listing === chosen && raw(' selected')}>${LISTINGS[listing]}</option>`,
  );
  return html`<div class="asked"><label for="listing">What comes</label>
<select id="listing" name="listing"${told('listing', faults)}>${options}</select>
${fault('listing', faults)}</div>`;
}

function timeField(time: string, faults: Faults): Html {
  return html`<div class="asked"><label for="time">At what time</label>
<input id="time" name="time" type="time" required value="${time}"${told('time', faults)}>
${fault('time', faults)}</div>`;
}

const ZONES = raw(
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
    .map((zone) => `<option value="${zone}">`)
    .join(''),
);

function zoneField(zone: string, faults: Faults): Html {
  return html`<div class="asked"><label for="zone">In which time zone</label>
<input id="zone" name="zone" type="text" list="zones" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="64" required value="${zone}"${told('zone', faults)}>
<datalist id="zones">${ZONES}</datalist>
${fault('zone', faults)}</div>`;
}

function aboutField(about: readonly string[], choices: Form['choices'], faults: Faults): Html {
  const boxes = choices.map((choice, index) => {
    const what = whatOf(choice);
    return html`<li class="card"><input id="about-${index}" name="about" type="checkbox" value="${what}"${about.includes(what) && raw(' checked')}${meaningOf(choice) && html` aria-describedby="meaning-${index}"`}>
<div><label for="about-${index}">${nameOf(choice)}</label>${meaningOf(choice) && html`<p class="muted" id="meaning-${index}">${meaningOf(choice)}</p>`}</div></li>\n`;
  });
  return html`<fieldset${told('about', faults)}><legend>Topics</legend>
<p class="muted small">Papers of any of those that you tick. Tick none for all papers of the list.</p>
${fault('about', faults)}
<ul class="topics">\n${boxes}</ul></fieldset>`;
}

function nameOf({ kind, key, label }: Form['choices'][number]): Html {
  const emoji = kind === 'topic' ? topicOf(key)?.emoji : undefined;
  if (emoji !== undefined) return html`<span aria-hidden="true">${emoji}</span> ${label}`;
  return html`<bdi>${label}</bdi>`;
}

function meaningOf({ kind, key }: Form['choices'][number]): string {
  if (kind !== 'topic') return kind === 'author' ? 'an author' : 'an organisation';
  return topicOf(key)?.meaning ?? '';
}

function topicOf(slug: string) {
  return BUILT_IN_TOPICS.find((topic) => topic.slug === slug);
}

const ORDER: readonly Field[] = ['address', 'listing', 'time', 'zone', 'about'];

/** What a control that is at fault says of that; the first of all is where somebody goes on. */
function told(field: Field, faults: Faults): Html {
  if (faults[field] === undefined) return html``;
  const isFirst = ORDER.find((one) => faults[one] !== undefined) === field;
  return html` aria-invalid="true" aria-describedby="${field}-fault"${isFirst && raw(' autofocus')}`;
}

function fault(field: Field, faults: Faults): Html {
  const sentence = faults[field];
  return sentence === undefined ? html`` : html`<p class="notice bad" id="${field}-fault">${sentence}</p>`;
}
