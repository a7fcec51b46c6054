import type { LicenseClient } from '../index.js'
import type { PanelState } from './panel-state.js'

export type PanelTerms = Pick<PanelState, 'renewUrl' | 'downloads'> & {
  readonly title: string | null
  readonly managesComponents: boolean
}

/** How long the panel waits for a process that is changing components just now. */
const patienceMs = 1_000

export async function readPanelState(client: LicenseClient, terms: PanelTerms): Promise<PanelState> {
  const { title, renewUrl, downloads, managesComponents } = terms
  const verdict = await client.verify({ offline: true })
  const { product, record, clock } = await client.explain()
  return {
    title: title ?? product.slug,
    product,
    verdict,
    activations: record?.activations ?? null,
    now: clock.now,
    renewUrl,
    downloads,
    components: managesComponents ? (await client.components.installed({ deadlineMs: patienceMs })).items : null,
  }
}
