import type { AvailableComponent } from '../../../domain/component/component-outcome.js'
import type { CatalogOutcome } from '../../panel-api.js'
import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import type { PanelContext, PanelSection } from '../panel.js'
import { createSection } from '../section.js'
import { type ComponentTask, componentRows } from '../views/component-rows.js'
import { ask } from '../views/dialog.js'
import { noNotice, notice } from '../views/notice.js'

/** The components of the product: what there is, what is installed, and changing that. */
export function componentsSection(context: PanelContext, first: PanelState): PanelSection {
  const { panel, speech, perform, nameOf } = context
  const { label } = speech
  let state = first
  let catalog: readonly AvailableComponent[] = []
  const heading = create('h3', {}, label('components'))
  const list = create('ul')
  const refresh = create('button', { type: 'button', click: () => void read() }, label('components.show'))
  const section = createSection(heading, [create('div', { class: 'split' }, heading, refresh)], [list])

  async function read(): Promise<void> {
    const reply = await perform(section, { path: 'components', meanwhile: label('components.reading') })
    if (reply) take(reply.outcome)
  }

  function take(outcome: CatalogOutcome): void {
    if (outcome.outcome !== 'listed') {
      say(noNotice(outcome, speech, state))
      return
    }
    catalog = outcome.items
    context.learnNames(catalog)
    context.learnUpdates(outcome.updates)
    refresh.textContent = label('components.refresh')
    say(
      notice(
        'neutral',
        catalog.length === 0
          ? label('components.none')
          : label('components.listed', { count: catalog.length, installed: state.components?.length ?? 0 }),
      ),
    )
  }

  const tasks: ComponentTask = {
    async install(slug) {
      const name = nameOf(slug)
      const meanwhile = label('installing', { name })
      const reply = await perform(section, { path: 'components/install', body: { slug }, meanwhile, takesLong: true })
      if (!reply) return
      const { outcome } = reply
      if (outcome.outcome === 'installed' || outcome.outcome === 'current') {
        const { version } = outcome.component
        say(
          notice(
            'good',
            label(outcome.outcome === 'installed' ? 'install.done' : 'install.current', { name, version }),
          ),
        )
      } else say(noNotice(outcome, speech, state))
    },

    async rollBack(slug, version) {
      const values = { name: nameOf(slug), version }
      const confirmed = await ask(panel, {
        question: label('rollback.question', values),
        meaning: label('rollback.meaning'),
        confirm: label('rollback', values),
        cancel: label('cancel'),
        isLoss: false,
      })
      if (!confirmed) return
      const meanwhile = label('rollback.doing')
      const reply = await perform(section, { path: 'components/rollback', body: { slug }, meanwhile })
      if (!reply) return
      const { outcome } = reply
      if (outcome.outcome === 'rolled-back') say(notice('good', label('rollback.done', values)))
      else say(noNotice(outcome, speech, state))
    },

    async remove(slug) {
      const values = { name: nameOf(slug) }
      const confirmed = await ask(panel, {
        question: label('remove.question', values),
        meaning: label('remove.meaning'),
        confirm: label('remove'),
        cancel: label('cancel'),
        isLoss: true,
      })
      if (!confirmed) return
      const meanwhile = label('remove.doing', values)
      const reply = await perform(section, { path: 'components/remove', body: { slug }, meanwhile })
      if (!reply) return
      const { outcome } = reply
      if (outcome.outcome === 'removed') say(notice('good', label('remove.done', values)))
      else say(noNotice(outcome, speech, state))
    },
  }

  const say = (node: Node) => section.result.replaceChildren(node)

  function show(next: PanelState): void {
    state = next
    const installed = state.components ?? []
    const works = state.verdict.state === 'licensed' || state.verdict.state === 'grace'
    section.element.hidden = !works && installed.length === 0
    list.replaceChildren(...componentRows(context, { installed, catalog, tasks }))
  }

  show(first)
  return { element: section.element, show }
}
