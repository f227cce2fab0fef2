import type { Context, Hono } from 'hono';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Gate } from '../../../src/gate.ts';
import { html } from '../../../src/html.ts';
import { FORM_PATH, fieldsOf, show } from './answers.ts';
import type { Ask } from './asking.ts';
import { drawForm, type Form } from './draw-form.ts';
import { MOST_NAMED } from './limits.ts';
import { choicesFor, EMPTY, filledIn, readOrder, readWhere } from './order-form.ts';

const CHOICES = choicesFor();

/** Adds the form by which anybody orders papers for an address; whoever has that is asked first. */
export function addOrderPage(app: Hono, { ask, gate }: { ask: Ask; gate: Pick<Gate, 'counter'> }): void {
  const counter = gate.counter(MOST_NAMED, HOUR_MS);

  app.get(FORM_PATH, (context) => showForm(context, { filled: EMPTY }));

  app.post(FORM_PATH, async (context) => {
    const filled = filledIn(await fieldsOf(context));
    const [where, what] = [readWhere(filled), readOrder(filled, CHOICES)];
    if ('faults' in where || 'faults' in what) {
      const faults = { ...('faults' in where && where.faults), ...('faults' in what && what.faults) };
      return await showForm(context, { filled, faults });
    }
    const restS = await counter(context);
    if (restS !== undefined) return await showTooMany(context, restS);
    // What becomes of it is no part of the answer, which is the same for everybody.
    ask(where.address, what.order);
    return await showAsked(context, where.address);
  });
}

async function showForm(context: Context, { filled, faults }: Pick<Form, 'filled' | 'faults'>) {
  const form = drawForm({
    filled,
    ...(faults && { faults }),
    choices: CHOICES,
    does: 'Send me a link to confirm',
  });
  const body = html`<p class="lead">Trending AI papers in your inbox: about what you choose, when you choose. No account, nobody watched reading, ended by one press.</p>
${form}`;
  const how = faults ? ({ status: 400 } as const) : ({ isListed: true } as const);
  return await show(context, { title: 'Papers by e-mail', body, ...how });
}

async function showAsked(context: Context, address: string) {
  const body = html`<p class="notice good">If it can get mail, a message is on its way to <bdi>${address}</bdi>; the link in it ends in two days.</p>
<p>Nothing else comes before that link is opened and confirmed. Look among the unwanted mail too. Nothing after some minutes? <a href="${FORM_PATH}">Fill in the form again</a>, at most three times a day for one address.</p>`;
  return await show(context, { title: 'Look into your inbox', body });
}

async function showTooMany(context: Context, restS: number) {
  context.header('Retry-After', `${restS}`);
  const minutes = Math.ceil((restS * SECOND_MS) / MINUTE_MS);
  const body = html`<p class="notice bad">Many messages were asked for from where you are. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.</p>`;
  return await show(context, { title: 'Too many at once', body, status: 429 });
}
