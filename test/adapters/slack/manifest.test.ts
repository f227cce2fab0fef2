import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from '../../../adapters/slack/answering/shortcuts.ts';
import { EVENTS_PATH } from '../../../adapters/slack/gateway/hearing.ts';
import { REDIRECT_PATH } from '../../../adapters/slack/installing/oauth.ts';
import { type ManifestWay, manifest } from '../../../adapters/slack/manifest.ts';

const SOCKET: ManifestWay = { mode: 'socket' };
const HTTP: ManifestWay = { mode: 'http', url: 'https://papers.example.org' };

const NEEDED = [
  'commands',
  'chat:write',
  'reactions:read',
  'reactions:write',
  'im:write',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:join',
];

/** Every address in it. */
function urlsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('https://') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(urlsIn) : [];
}

const scopesOf = (made: ReturnType<typeof manifest>) => made.manifest.oauth_config?.scopes?.bot ?? [];

describe('the manifest', () => {
  it('asks for exactly what is needed, each with a reason', () => {
    const made = manifest(SOCKET);
    expect([...scopesOf(made)].sort()).toEqual([...NEEDED].sort());
    expect(made.reasons.map(({ scope }) => scope)).toEqual(scopesOf(made));
    for (const { why, isOptional } of made.reasons) {
      expect(why).toMatch(/^\w.{8,}[^.]$/);
      expect(isOptional).toBe(false);
    }
    expect(made.manifest.oauth_config?.scopes).not.toHaveProperty('user');
  });

  it.each([
    ['history', ['channels:history', 'groups:history', 'im:history']],
    ['unfurl', ['links:read', 'links:write']],
    ['files', ['files:write']],
  ] as const)('asks for more with the option %s only', (option, scopes) => {
    const made = manifest(HTTP, { [option]: true });
    expect(scopesOf(made).filter((scope) => !NEEDED.includes(scope))).toEqual(scopes);
    expect(made.reasons.filter(({ isOptional }) => isOptional).map(({ scope }) => scope)).toEqual(scopes);
    expect(manifest(HTTP, { [option]: false })).toEqual(manifest(HTTP));
  });

  it('hears of links, and names their domains, with the option unfurl only', () => {
    const { features, settings } = manifest(SOCKET, { unfurl: true }).manifest;
    expect(features?.unfurl_domains).toEqual(['arxiv.org', 'huggingface.co', 'hf.co']);
    expect(settings?.event_subscriptions?.bot_events).toContain('link_shared');
    expect(JSON.stringify(manifest(SOCKET, { history: true, files: true }))).not.toMatch(
      /link_shared|unfurl/,
    );
  });

  it('hears of no message', () => {
    const all = manifest(HTTP, { history: true, unfurl: true, files: true }).manifest;
    expect(JSON.stringify(all.settings)).not.toContain('message.');
    expect(all.settings?.event_subscriptions).not.toHaveProperty('user_events');
  });

  it('names no address for a connection of ours', () => {
    const { manifest: app } = manifest(SOCKET);
    expect(urlsIn(app)).toEqual([]);
    expect(app.settings).toMatchObject({ socket_mode_enabled: true, token_rotation_enabled: false });
    expect(app.settings).toMatchObject({ interactivity: { is_enabled: true }, org_deploy_enabled: false });
  });

  it('names the addresses at which this bot hears otherwise', () => {
    const { manifest: app } = manifest(HTTP);
    const events = `https://papers.example.org${EVENTS_PATH}`;
    expect(app.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: events },
      interactivity: { request_url: events, message_menu_options_url: events },
    });
    expect(app.features?.slash_commands?.[0]?.url).toBe(events);
    expect(app.oauth_config?.redirect_urls).toEqual([`https://papers.example.org${REDIRECT_PATH}`]);
    expect(new Set(urlsIn(app)).size).toBe(2);
  });

  it('has tokens changed only where teams install it by OAuth', () => {
    const rotates = (way: ManifestWay) => manifest(way).manifest.settings?.token_rotation_enabled;
    expect([rotates(SOCKET), rotates(HTTP), rotates({ ...HTTP, isForMany: true })]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('has the shortcuts and the command that this bot answers', () => {
    const { features } = manifest(SOCKET).manifest;
    expect(features?.shortcuts?.map(({ callback_id: id }) => id).sort()).toEqual(
      Object.values(SHORTCUTS).sort(),
    );
    expect(features?.slash_commands).toMatchObject([{ command: '/paper', should_escape: true }]);
    expect(features?.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('keeps Slack’s limits, and the Marketplace’s', () => {
    const { _metadata, display_information: display, features } = manifest(HTTP, { unfurl: true }).manifest;
    expect(_metadata?.major_version).toBe(2);
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.name.toLowerCase()).not.toContain('slack');
    expect(display.description?.split(' ').length).toBeLessThanOrEqual(10);
    expect(display.description?.length).toBeLessThanOrEqual(140);
    expect(display.long_description?.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description?.length).toBeLessThanOrEqual(4000);
    expect(features?.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(features?.unfurl_domains?.length).toBeLessThanOrEqual(5);
    for (const { name, description } of features?.shortcuts ?? []) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });
});
