import type { AppsManifestCreateArguments } from '@slack/web-api';
import { SHORTCUTS } from './answering/shortcuts.ts';
import { type ScopeOption, scopesWith } from './installing/scopes.ts';

/**
 * How Slack tells us what happens; `url` without a slash at the end. `isForMany`: teams install it by OAuth, and their
 * tokens last for hours; once Slack changes them it never stops to, and a token that was copied is worth nothing then.
 */
export type ManifestWay = { mode: 'socket' } | { mode: 'http'; url: string; isForMany?: boolean };

/** Why a scope is asked for. */
export interface ScopeReason {
  scope: string;
  why: string;
  isOptional: boolean;
}

/** An app as Slack takes it (docs.slack.dev/reference/app-manifest, 2026-11-23). */
export type Manifest = AppsManifestCreateArguments['manifest'];
type BotScope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
type BotEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

/** Whose links may become cards; Slack takes five. */
const UNFURL_DOMAINS = ['arxiv.org', 'huggingface.co', 'hf.co'];

/** What is heard without a right to read any message. */
const EVENTS: readonly BotEvent[] = [
  'app_home_opened',
  'app_uninstalled',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
];

/** The app as Slack takes it, and the reason for each of its scopes. */
export function manifest(
  way: ManifestWay,
  options: Partial<Record<ScopeOption, boolean>> = {},
): { manifest: Manifest; reasons: ScopeReason[] } {
  const needed = scopesWith([]);
  const scopes = scopesWith((['history', 'unfurl', 'files'] as const).filter((option) => options[option]));
  const isUnfurling = options.unfurl === true;
  return {
    manifest: {
      _metadata: { major_version: 2, minor_version: 1 },
      display_information: DISPLAY,
      features: { ...featuresFor(way), ...(isUnfurling ? { unfurl_domains: UNFURL_DOMAINS } : {}) },
      oauth_config: {
        ...(way.mode === 'http' ? { redirect_urls: [`${way.url}/slack/oauth_redirect`] } : {}),
        // Slack's own list, which the types hold, has each of them.
        scopes: { bot: scopes.map(({ name }) => name as BotScope) },
      },
      settings: settingsFor(way, isUnfurling ? [...EVENTS, 'link_shared'] : EVENTS),
    },
    reasons: scopes.map((scope) => ({
      scope: scope.name,
      why: scope.why,
      isOptional: !needed.includes(scope),
    })),
  };
}

/** At most ten words in short, at least 174 characters at length: Slack takes no other. */
const DISPLAY = {
  name: 'Paperwire',
  description: 'Brings each day’s trending AI papers to your channels',
  long_description: [
    'Paperwire brings the papers that people at Hugging Face read today to the channels where your team already talks.',
    'It posts an edition at the time and in the zone you choose, once and never twice. /paper finds papers among all that it has seen.',
    'Follow topics, authors and organisations by a command or an emoji, and what is new comes to you in a digest of your own.',
    'It reads no messages, posts only where it was asked to, and erases everything about you when you say so.',
  ].join('\n\n'),
  background_color: '#1f2937',
} satisfies Manifest['display_information'];

function featuresFor(way: ManifestWay): NonNullable<Manifest['features']> {
  return {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    },
    bot_user: { display_name: 'paperwire', always_online: true },
    shortcuts: [
      {
        type: 'global',
        name: 'Search papers',
        callback_id: SHORTCUTS.search,
        description: 'Searches the papers that Paperwire has seen',
      },
      {
        type: 'message',
        name: 'Find the papers',
        callback_id: SHORTCUTS.find,
        description: 'Finds the papers in this message',
      },
    ],
    slash_commands: [
      {
        command: '/paper',
        description: 'Papers of today, search, topics and feeds',
        usage_hint: 'today, search …, follow …, feed add, help',
        // Channels and people come by their ids, whatever they are called.
        should_escape: true,
        ...urlOf(way, 'url'),
      },
    ],
  };
}

function settingsFor(way: ManifestWay, events: readonly BotEvent[]): NonNullable<Manifest['settings']> {
  return {
    event_subscriptions: { ...urlOf(way, 'request_url'), bot_events: [...events] },
    interactivity: {
      is_enabled: true,
      ...urlOf(way, 'request_url'),
      ...urlOf(way, 'message_menu_options_url'),
    },
    org_deploy_enabled: false,
    socket_mode_enabled: way.mode === 'socket',
    token_rotation_enabled: way.mode === 'http' && way.isForMany === true,
  };
}

/** Where Slack sends whatever it tells; over a connection of ours there is no such address. */
function urlOf<Name extends string>(way: ManifestWay, name: Name): { [name in Name]?: string } {
  return way.mode === 'http' ? ({ [name]: `${way.url}/slack/events` } as { [name in Name]: string }) : {};
}
