import type { ComponentOnMachine } from '../domain/component/component-outcome.js'
import type { Activations } from '../domain/license/record.js'
import type { Verdict } from '../domain/license/verdict.js'

/** What the panel shows. Holds no key: the verdict's is masked. */
export interface PanelState {
  /** What the panel calls the product. */
  readonly title: string
  readonly product: { readonly slug: string; readonly version: string }
  readonly verdict: Verdict
  /** How many domains the license is active on; `null` where the hub has not said. */
  readonly activations: Activations | null
  /** This machine's clock: what the panel counts days from, since the browser's may be another. */
  readonly now: number
  /** Where an expired license is renewed; `null` where the author names no such page. */
  readonly renewUrl: string | null
  /** Whether updates of the product may be downloaded here. */
  readonly downloads: boolean
  /** What is installed; `null` where the panel does not manage components. */
  readonly components: readonly ComponentOnMachine[] | null
}
