import { installedComponent } from '../../domain/component/component.js'
import type {
  AvailableComponentsOutcome,
  ComponentsRefusal,
  ListComponentsOutcome,
} from '../../domain/component/component-outcome.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Deferred, Refused } from '../../domain/license/outcome.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import { refusalMessage, updateRefusals } from '../../domain/license/refusal.js'
import type { TransportResponse } from '../../ports/transport.js'
import {
  buildComponentsRequest,
  readComponentCatalogResponse,
  readComponentListResponse,
} from '../../protocol/exchange/component.js'
import type { Reading } from '../../protocol/response.js'
import type { Engine } from '../engine.js'
import { askHub, type HubReply } from '../hub/ask-hub.js'
import { deferral } from '../hub/deferral.js'
import type { AskOptions } from '../license/ask-license.js'
import { keyOnRecord } from '../license/key-on-record.js'
import { refusalOf } from '../license/refusal-of.js'

/** What the hub said about components, or why it said nothing. */
export type ComponentsReply<Answer> =
  | { readonly outcome: 'answered'; readonly answer: Answer; readonly record: LicenseRecord }
  | Refused<ComponentsRefusal>
  | Deferred

/** The components that the license may use. */
export async function listComponents(engine: Engine, options: AskOptions): Promise<ListComponentsOutcome> {
  const reply = await askAboutAll(engine, 'componentList', readComponentListResponse, options)
  return reply.outcome === 'answered' ? listed(reply) : reply
}

/** The whole catalog. */
export async function availableComponents(engine: Engine, options: AskOptions): Promise<AvailableComponentsOutcome> {
  const reply = await askAboutAll(engine, 'componentAvailable', readComponentCatalogResponse, options)
  return reply.outcome === 'answered' ? listed(reply) : reply
}

async function askAboutAll<Answer>(
  engine: Engine,
  route: 'componentList' | 'componentAvailable',
  read: (response: TransportResponse, now: number) => Reading<Answer>,
  options: AskOptions,
): Promise<ComponentsReply<Answer>> {
  return askWithKey(engine, async (licenseKey) => {
    const { domain } = await engine.identity()
    const body = buildComponentsRequest({ licenseKey, product: engine.settings.product.slug, domain })
    return askHub(engine, { route, body, read, ...options })
  })
}

/** Asks with the key on record, where there is one. */
export async function askWithKey<Answer>(
  { keeper }: Engine,
  ask: (licenseKey: LicenseKey) => Promise<HubReply<Answer>>,
): Promise<ComponentsReply<Answer>> {
  const known = keyOnRecord(await keeper.load())
  if ('none' in known) return refused(known.none)
  const { record, licenseKey } = known
  const reply = await ask(licenseKey)
  if (reply.kind === 'answer') return { outcome: 'answered', answer: reply.answer, record }
  const reason = reply.kind === 'refusal' ? updateRefusals.find((code) => code === refusalOf(reply.code)) : undefined
  // No question about all components is about one that the license does not include.
  return reason === undefined || reason === 'not-entitled' ? deferral(reply) : refused(reason)
}

function refused(reason: ComponentsRefusal): Refused<ComponentsRefusal> {
  return { outcome: 'refused', reason, message: refusalMessage[reason] }
}

function listed<Item extends { readonly slug: string }>({
  answer,
  record,
}: {
  readonly answer: readonly Item[]
  readonly record: LicenseRecord
}): { readonly outcome: 'listed'; readonly items: readonly (Item & { readonly installedVersion: string | null })[] } {
  const items = answer.map((item) => ({
    ...item,
    installedVersion: installedComponent(record.components, item.slug)?.version ?? null,
  }))
  return { outcome: 'listed', items }
}
