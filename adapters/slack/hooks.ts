import { z } from 'zod';
import type { Answering } from './answering/answering.ts';
import type { Forms } from './forms/forms.ts';
import { envelopeSchema } from './gateway/envelope.ts';
import type { Hooks, Told } from './gateway/told.ts';
import type { Home } from './home/home.ts';
import type { Membership } from './installing/membership.ts';
import type { Links } from './links/links.ts';
import type { Reactions } from './reactions/reactions.ts';
import type { Welcome } from './welcome/welcome.ts';

/** Who takes what Slack tells. */
export interface Takers {
  answering: Answering;
  forms: Forms;
  home: Home;
  welcome: Welcome;
  links: Pick<Links, 'onShared'>;
  reactions: Pick<Reactions, 'take'>;
  membership: Pick<Membership, 'onEvent'>;
}

/** What a payload says of where it belongs: what was pressed, or submitted. */
const ownerSchema = z.object({
  actions: z.array(z.object({ action_id: z.string() })).optional(),
  action_id: z.string().optional(),
  view: z.object({ callback_id: z.string().optional() }).optional(),
});

/** Hands each thing that Slack tells to whose it is. */
export function createHooks(takers: Takers): Omit<Hooks, 'onLimited'> {
  const { answering, forms, home, welcome, links, reactions, membership } = takers;

  /** Whose a press is tells how its name begins; what is not of a form, the Home tab or the greeting is an answer's. */
  function ownerOf({ body }: Told): Partial<Pick<Hooks, 'onPress' | 'onSubmit' | 'onSuggest'>> | undefined {
    const { data } = ownerSchema.safeParse(body);
    const name = data?.actions?.[0]?.action_id ?? data?.action_id ?? data?.view?.callback_id ?? '';
    if (name.startsWith('form:')) return forms;
    if (name.startsWith('home:')) return home;
    return name.startsWith('setup:') ? welcome : undefined;
  }

  return {
    onCommand: answering.onCommand,
    onShortcut: answering.onShortcut,
    onPress: (told) => (ownerOf(told)?.onPress ?? answering.onPress)(told),
    onSubmit: (told) => (ownerOf(told)?.onSubmit ?? answering.onSubmit)(told),
    onSuggest: (told) => (ownerOf(told)?.onSuggest ?? answering.onSuggest)(told),
    async onEvent(envelope) {
      const heard = envelopeSchema.parse(envelope);
      const { team_id: team, event } = heard;
      switch (event.type) {
        case 'reaction_added':
        case 'reaction_removed':
          return await reactions.take(event, team);
        case 'app_home_opened':
          return await home.onOpened(heard);
        case 'link_shared':
          return await links.onShared(heard);
        default:
          return await membership.onEvent(event, team);
      }
    },
  };
}
