import type { LicenseClient } from '../index.js'
import type { PanelState } from './panel-state.js'

export type PanelTerms = Pick<PanelState, 'renewUrl'> & { readonly title: string | null }

export async function readPanelState(client: LicenseClient, terms: PanelTerms): Promise<PanelState> {
  const verdict = await client.verify({ offline: true })
  const { product, record, clock } = await client.explain()
  return {
    ...terms,
    title: terms.title ?? product.slug,
    product,
    verdict,
    activations: record?.activations ?? null,
    now: clock.now,
  }
}
