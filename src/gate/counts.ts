import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND_MS } from '../domain/calendar.ts';
import { networkOf, regionOf, siteOf } from '../peer.ts';

/** How often something was done from each address. */
export interface Count {
  /** Counts once more; after how many seconds it may be done again, where that was too often. */
  add(address: string): Promise<number | undefined>;
  /** The same without counting: undefined where it may be done once more. */
  rest(address: string): Promise<number | undefined>;
}

/**
 * Whoever comes while so many are counted shares the count of their region, so that however many addresses somebody has
 * a few megabytes are enough.
 */
const MOST_NETWORKS = 10_000;

/** So many networks of one site may do all that they may; a phone company has many people in one, and somebody a whole one. */
const SITE_NETWORKS = 16;

/** Counts up to `most` in each `durationMs`, which begins with the first. */
export function createCount(most: number, durationMs: number, mostNetworks = MOST_NETWORKS): Count {
  const duration = durationMs / SECOND_MS;
  const counted = new RateLimiterMemory({ points: most, duration });
  const sites = new RateLimiterMemory({ points: most * SITE_NETWORKS, duration });
  const networks = new RateLimiterMemory({ points: mostNetworks, duration });

  async function keyOf(address: string): Promise<string> {
    const network = networkOf(address);
    if ((await counted.get(network)) !== null) return network;
    const hasRoom = await networks.consume('all').then(
      () => true,
      () => false,
    );
    return hasRoom ? network : regionOf(address);
  }

  return {
    async add(address) {
      const site = siteOf(address);
      // Else it would go on to fill what all networks share, and have others counted by their regions.
      const siteRestS = restOf(await sites.get(site));
      if (siteRestS !== undefined) return siteRestS;
      const key = await keyOf(address);
      // An address of IPv4 is a site of its own, and a region is counted as a whole.
      const hasSite = key === networkOf(address) && key !== site;
      return (await consumed(counted, key)) ?? (hasSite ? await consumed(sites, site) : undefined);
    },
    async rest(address) {
      const found = (await counted.get(networkOf(address))) ?? (await counted.get(regionOf(address)));
      return restOf(found) ?? restOf(await sites.get(siteOf(address)));
    },
  };
}

async function consumed(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  return await limiter.consume(key).then(
    () => undefined,
    (refused: RateLimiterRes) => secondsOf(refused),
  );
}

function restOf(found: RateLimiterRes | null): number | undefined {
  const isSpent = found !== null && found.remainingPoints <= 0 && found.msBeforeNext > 0;
  return isSpent ? secondsOf(found) : undefined;
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / SECOND_MS));
}
