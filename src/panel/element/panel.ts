import type { Component } from '../../domain/component/component.js'
import type { ComponentUpdate } from '../../domain/license/outcome.js'
import type { PanelState } from '../panel-state.js'
import type { Connection } from './connection.js'
import { create } from './create.js'
import { componentsSection } from './sections/components.js'
import { licenseSection } from './sections/license.js'
import { updatesSection } from './sections/updates.js'
import type { Speech } from './speech.js'
import { createTasks, type Perform } from './tasks.js'
import { diagnosticsView } from './views/diagnostics.js'

export interface PanelTerms {
  readonly connection: Connection
  readonly speech: Speech
  /** Called when the verdict has changed. */
  readonly onChange: (state: PanelState) => void
}

/** What the sections of a panel share. */
export interface PanelContext {
  readonly panel: HTMLElement
  readonly speech: Speech
  readonly perform: Perform
  /** What a component, or the product, is called, as far as that is known. */
  nameOf(slug: string): string
  learnNames(components: readonly Pick<Component, 'slug' | 'name'>[]): void
  /** The newest version of an installed component, where it is known to be newer. */
  newestOf(slug: string): string | undefined
  learnUpdates(updates: readonly ComponentUpdate[]): void
}

export interface PanelSection {
  readonly element: HTMLElement
  show(state: PanelState): void
}

/** Shows the license, its updates and the components, and carries out what is asked of them. */
export function openPanel({ connection, speech, onChange }: PanelTerms, first: PanelState): HTMLElement {
  const panel = create('section', { class: 'panel', 'aria-label': `${first.title}: ${speech.label('license')}` })
  const names = new Map([[first.product.slug, first.title]])
  const newest = new Map<string, string>()
  let state = first

  const context: PanelContext = {
    panel,
    speech,
    perform: createTasks(panel, { connection, speech }, accept),
    nameOf: (slug) => names.get(slug) ?? slug,
    learnNames(components) {
      for (const { slug, name } of components) names.set(slug, name)
    },
    newestOf: (slug) => newest.get(slug),
    learnUpdates(updates) {
      for (const { slug, release } of updates) newest.set(slug, release.version)
      for (const section of sections) section.show(state)
    },
  }
  const sections = [
    licenseSection(context, first),
    updatesSection(context, first),
    ...(first.components ? [componentsSection(context, first)] : []),
  ]

  function accept(next: PanelState): void {
    const changed = JSON.stringify(next.verdict) !== JSON.stringify(state.verdict)
    state = next
    for (const section of sections) section.show(state)
    if (changed) onChange(state)
  }

  panel.append(
    ...sections.map(({ element }) => element),
    diagnosticsView(speech, () => connection.get('diagnostics')),
  )
  return panel
}
