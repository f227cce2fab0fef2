import { systemClock } from '../../../src/clock.ts';
import { createRules } from '../faults.ts';
import { answer, createSwitches, listen } from '../listener.ts';
import { until } from '../until.ts';
import { createWatch } from '../watch.ts';
import { createEndpoint } from './endpoint.ts';
import type { Hearing } from './hearing.ts';
import type { FakeSlack, SlackOptions } from './index.ts';
import { walkInstall } from './install.ts';
import { createLimits } from './limits.ts';
import { createPlaces } from './places.ts';
import { createSchemas, readSpecs } from './schemas.ts';
import { type Desk, type Subject, serve } from './server.ts';
import { openSockets, type SocketServer } from './sockets.ts';
import type { Message, MessageNews, Team, World } from './state.ts';
import { createTeams, newTeam } from './teams.ts';
import { createTeller, type Teller } from './telling.ts';
import { createWorld } from './world.ts';

/** Starts one. Stop it, or the process does not end. */
export async function startSlack(options: SlackOptions = {}): Promise<FakeSlack> {
  const { clock = systemClock, specs = readSpecs(), ackWithinMs = 3000, pingMs = 10_000 } = options;
  const { redeliverAfterMs = [0, 60_000, 300_000], isInstalled = true, events } = options;
  const skew = { ms: 0 };
  const found = { problems: [] as string[], ownProblems: [] as string[] };
  const schemas = createSchemas(specs || undefined, found);
  const watch = createWatch<Message, MessageNews>();
  const { server, port } = await listen(options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  const world = createWorld(options, {
    clock,
    now: () => Date.parse(clock.now()) + skew.ms,
    origin: () => origin,
    schemas,
    problems: found.problems,
    notice: watch.notice,
    changed: watch.look,
    tell: (team, event) => void teller.tell(team, event),
  });
  const sockets = openSockets(server, {
    ...world,
    appId: world.app.id,
    changed: watch.look,
    url: () => `ws://127.0.0.1:${port}`,
    pingMs,
  });
  const teller = createTeller(world, sockets, schemas, { ackWithinMs, redeliverAfterMs, events });
  const desk: Desk = {
    world,
    limits: createLimits(options.limits),
    faults: createRules(),
    requests: [],
    ticket: sockets.ticket,
  };
  answer(server, (request, response) => serve(desk, request, response), {
    look: watch.look,
    ownProblems: found.ownProblems,
  });
  const team = newTeam(world, 'Lab');
  const teams = createTeams({ world, teller, until: (holds) => until(watch.waiting, holds) }, team);
  if (isInstalled) teams.grant(team);
  return {
    ...teams,
    ...createPlaces(world, team),
    ...createHearing(world, teller, sockets, team, () => Date.parse(systemClock.now()) + skew.ms),
    ...createSwitches(server, port, {
      cut: sockets.cut,
      stop: () => {
        teller.stop();
        sockets.stop();
      },
    }),
    ...createCalls(desk),
    ...world.app,
    ...found,
    appId: world.app.id,
    origin,
    apiUrl: `${origin}/api/`,
    authorizeUrl: `${origin}/oauth/v2/authorize`,
    get team() {
      return team;
    },
    get teams() {
      return teams.teams;
    },
    get botToken() {
      return team.installation?.token ?? '';
    },
    skew: (byMs) => void Object.assign(skew, { ms: byMs }),
    until: (holds) => until(watch.waiting, holds),
    onMessage: watch.onMessage,
    install: async (startUrl, how) => await walkInstall(world, startUrl, how),
  };
}

function createCalls({
  requests,
  faults,
}: Desk): Pick<FakeSlack, 'requests' | 'count' | 'fail' | 'mend' | 'forget'> {
  return {
    requests,
    count: (method, team) =>
      requests.filter(
        (one) => (method === undefined || one.method === method) && (team === undefined || one.team === team),
      ).length,
    fail(method, fault, { workspace, ...frequency } = {}) {
      const id = typeof workspace === 'object' ? workspace.id : workspace;
      const isMeant = (subject: Subject) =>
        (method === '*' || method === subject.method) && (id === undefined || id === subject.team);
      return faults.add(isMeant, fault, frequency);
    },
    mend: faults.clear,
    forget: () => void requests.splice(0),
  };
}

function createHearing(
  world: World,
  teller: Teller,
  sockets: SocketServer,
  team: Team,
  signedAtMs: () => number,
): Hearing {
  return {
    sockets,
    http(url) {
      const endpoint = createEndpoint({ clock: world.clock, app: world.app, signedAtMs, url });
      teller.way = endpoint;
      return endpoint;
    },
    socketMode() {
      teller.way = sockets;
    },
    told: teller.told,
    repeat: teller.repeat,
    emit(event, at = team) {
      const told = teller.tell(at, event, true);
      if (!told) throw new Error('Nothing was told.');
      return told;
    },
    settled: teller.settled,
  };
}
