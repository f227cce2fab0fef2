import { type Call, type Method, textArg } from './method.ts';
import { Refusal } from './refusal.ts';
import { viewShape } from './shapes.ts';
import type { Exchange, Shape, View } from './state.ts';
import { openView, publishView, readView, showView, updateView } from './views.ts';

/** How long a trigger counts (docs.slack.dev/interactivity/handling-user-interaction, read 2026-11). */
const TRIGGER_LIFE_MS = 3000;

export const VIEW_METHODS: readonly Method[] = [
  {
    name: 'views.open',
    tier: 4,
    args: ['trigger_id', 'view', 'interactivity_pointer'],
    run(call) {
      const given = readView(call.world, call.args.view, 'modal', 'views.open');
      const exchange = triggered(call);
      const view = openView(call.world, exchange.person, call.team, given);
      return shown(call, view, exchange);
    },
  },
  {
    name: 'views.push',
    tier: 4,
    args: ['trigger_id', 'view', 'interactivity_pointer'],
    run(call) {
      const given = readView(call.world, call.args.view, 'modal', 'views.push');
      const exchange = triggered(call);
      const onto = call.world.modals.get(exchange.person.id)?.at(-1);
      if (!onto) throw new Refusal('not_found');
      return shown(call, openView(call.world, exchange.person, call.team, given, onto), exchange);
    },
  },
  {
    name: 'views.update',
    tier: 4,
    args: ['view_id', 'external_id', 'view', 'hash'],
    run(call) {
      const view = viewOf(call);
      const given = readView(call.world, call.args.view, view.type, 'views.update');
      demandHash(call, view);
      updateView(call.world, view, given);
      return shown(call, view);
    },
  },
  {
    name: 'views.publish',
    tier: 4,
    args: ['user_id', 'view', 'hash'],
    run(call) {
      const { world, team } = call;
      const given = readView(world, call.args.view, 'home', 'views.publish');
      const person = team.users.get(textArg(call, 'user_id'));
      if (!person || person.isBot) throw new Refusal('user_not_found');
      const known = world.homes.get(person.id);
      if (known) demandHash(call, known);
      return shown(call, publishView(world, person, team, given));
    },
  },
];

function shown({ world }: Call, view: View, by?: Exchange): Shape {
  showView(world, view, by);
  return { view: viewShape(world, view) };
}

function triggered(call: Call): Exchange {
  const id = textArg(call, 'trigger_id');
  const exchange = call.world.exchanges.find(({ triggerId }) => triggerId === id);
  if (!exchange || exchange.team !== call.team) throw new Refusal('invalid_trigger_id');
  if (exchange.isTriggerUsed) throw new Refusal('exchanged_trigger_id');
  if (call.world.now() - exchange.startedAtMs > TRIGGER_LIFE_MS) throw new Refusal('expired_trigger_id');
  exchange.isTriggerUsed = true;
  return exchange;
}

function viewOf(call: Call): View {
  const { world, team } = call;
  const [id, externalId] = [textArg(call, 'view_id'), textArg(call, 'external_id')];
  const view =
    world.views.get(id) ??
    [...world.views.values()].find((one) => externalId !== '' && one.externalId === externalId && one.isOpen);
  if (!view?.isOpen || view.team !== team) throw new Refusal('not_found');
  return view;
}

/** An app that wrote after something else was written does not know what it overwrites. */
function demandHash(call: Call, view: View): void {
  const hash = textArg(call, 'hash');
  if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
}
