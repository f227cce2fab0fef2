import type { Hono } from 'hono';
import type { HealthView } from '../view.ts';

/**
 * Adds what machines ask: `/healthz` answers while the process is alive, `/readyz` says whether the bot can do its work.
 */
export function addHealth(app: Hono, { health }: { health: HealthView }): void {
  app.get('/healthz', (context) => {
    context.header('Cache-Control', 'no-store');
    return context.json({ status: 'ok' });
  });
  app.get('/readyz', async (context) => {
    const checks = await health.checks();
    const ready = checks.every(({ isFine }) => isFine);
    context.header('Cache-Control', 'no-store');
    return context.json({ ready, checks }, ready ? 200 : 503);
  });
}

/** What `/metrics` answers. */
export interface MetricsText {
  text(): Promise<string>;
  contentType: string;
}

/** Adds `/metrics` for Prometheus. */
export function addMetrics(app: Hono, metrics: MetricsText): void {
  app.get('/metrics', async (context) => {
    context.header('Cache-Control', 'no-store');
    return context.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
}
