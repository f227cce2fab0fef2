import type { Adapter, Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { DeliveryUnavailableError, RefusedError } from '../../../src/errors.ts';
import { type Gate, listenerOf } from '../../../src/gate.ts';
import type { Log } from '../../../src/log.ts';
import type { Server } from '../../../src/server.ts';
import { MAIL, type Mailboxes } from '../../../src/subscribers.ts';
import { addHearing, hearingNeeds } from '../hearing/index.ts';
import { readAddress } from './address.ts';
import { addFaultPages, FORM_PATH } from './answers.ts';
import { type Ask, type AskingNeeds, createAsk } from './asking.ts';
import { type Background, createBackground } from './background.ts';
import { addConfirmPage } from './confirm-page.ts';
import { createLimits, type Limits } from './limits.ts';
import { LINK_KINDS, type Links } from './links.ts';
import { addManagePage } from './manage-page.ts';
import { addOrderPage } from './order-page.ts';
import { addUnsubscribePage } from './unsubscribe-page.ts';

export interface SubscribingNeeds extends Pick<AskingNeeds, 'post' | 'draw'> {
  links: Links;
  mailboxes: Mailboxes;
  /** Before everything that a browser or a mail server may ask. */
  gate: Gate;
  /** Takes paths of the one port. */
  route: Server['route'];
  /** The last part of the address at which bounces and complaints are told. */
  hookSecret: string;
  clock: Clock;
  log: Log;
}

/** How people come to get papers by e-mail, change what they get, and end it. */
export interface Subscribing {
  /** Opens the pages, and the way in for bounces and complaints. */
  mount(host: Pick<Host, 'subscribers' | 'isFirst'>): void;
  invite: NonNullable<Adapter['invite']>;
  /** Waits for the letters that are on their way. */
  settle(): Promise<void>;
  /** Ends what waits to be tried again. */
  stop(): Promise<void>;
}

export function createSubscribing(needs: SubscribingNeeds): Subscribing {
  const { route, hookSecret, log } = needs;
  let open: { ask: Ask; limits: Limits; background: Background } | undefined;

  return {
    mount({ subscribers, isFirst }) {
      const background = createBackground(log);
      // Of what nobody else has; the limits need no key of their own.
      const limits = createLimits({ ...needs, isFirst, secret: hookSecret });
      const ask = createAsk({ ...needs, subscribers, limits, background });
      open = { ask, limits, background };
      for (const [prefix, app] of appsOf({ ...needs, subscribers, ask, limits }))
        route(prefix, listenerOf(app));
    },
    async invite(text, order, asker) {
      const address = readAddress(text);
      if (address === undefined) throw new RefusedError('no-mail-address', '', 'address');
      if (!open) throw notStarted(address);
      if (!(await open.limits.mayName(asker))) return 'limited';
      if (!open.ask(address, order)) throw new RefusedError('too-much-for-a-link');
      return 'asked';
    },
    settle: async () => await open?.background.settle(),
    async stop() {
      await open?.background.stop();
      open = undefined;
    },
  };
}

/** Each app with the beginning of its paths: they differ in who may ask them for a change. */
function appsOf({
  ask,
  limits,
  ...parts
}: SubscribingNeeds & Pick<Host, 'subscribers'> & { ask: Ask; limits: Limits }): [
  string,
  ReturnType<Gate['app']>,
][] {
  const { gate, log } = parts;
  const form = addFaultPages(gate.app('open', { hasForms: true }), log);
  addOrderPage(form, { ask, gate });
  // Mail programs unsubscribe their readers, and whoever has such a link may follow it anyhow.
  const linked = addFaultPages(gate.app('open', { isForAnybody: true }), log);
  addConfirmPage(linked, { ...parts, limits });
  addManagePage(linked, parts);
  addUnsubscribePage(linked, parts);
  const hearing = gate.app('open', hearingNeeds(parts.hookSecret));
  addHearing(hearing, parts);
  const paths = LINK_KINDS.map((kind) => `${FORM_PATH}/${kind}`);
  return [
    [FORM_PATH, form],
    ...paths.map((path): [string, typeof linked] => [path, linked]),
    [`${FORM_PATH}/reports`, hearing],
  ];
}

function notStarted(address: string): DeliveryUnavailableError {
  const { channel } = directTo(MAIL, address);
  return new DeliveryUnavailableError('E-mail is not started here.', {
    platform: 'email',
    channel,
    mayHaveArrived: false,
  });
}
