import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from './db/database.ts'
import { countDeliveries } from './db/deliveries.ts'
import type { Schema } from './db/schema.ts'
import { itemCounts } from './db/totals.ts'

/** What an operator watches: read from the database at each scrape, so that it is never out of step with it. */
export function createMetrics(db: Database<Schema>): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gauge(registry, 'duban_items', 'Items by status', () => itemCounts(db.read))
  gauge(registry, 'duban_deliveries', 'Deliveries of the outbox by status', () => countDeliveries(db.read))
  return registry
}

function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => Promise<Record<string, number>>,
): void {
  new Gauge({
    name,
    help,
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const [status, count] of Object.entries(await read())) this.set({ status }, count)
    },
  })
}
