import type { CheckUpdatesOutcome, UpdateAvailable, UpToDate } from '../../../domain/license/outcome.js'
import type { Release } from '../../../domain/update/release.js'
import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import type { PanelContext, PanelSection } from '../panel.js'
import { createSection } from '../section.js'
import { changelogView } from '../views/changelog.js'
import { noNotice, notice } from '../views/notice.js'

/** Newer versions of the product, what is new in them, and the way to have them. */
export function updatesSection(context: PanelContext, first: PanelState): PanelSection {
  const { speech, perform, nameOf } = context
  const { label, date, bytes } = speech
  let state = first
  const heading = create('h3', {}, label('updates'))
  const installed = label('updates.installed', { version: first.product.version })
  const offer = create('div', { class: 'offer' })
  const check = create('button', { type: 'button', click: () => void checkUpdates() }, label('updates.check'))
  const above = create(
    'div',
    { class: 'split' },
    create('div', {}, heading, create('p', { class: 'hint' }, installed)),
    check,
  )
  const section = createSection(heading, [above], [offer])

  async function checkUpdates(): Promise<void> {
    const reply = await perform(section, { path: 'updates', meanwhile: label('updates.checking') })
    if (reply) tell(reply.outcome)
  }

  function tell(outcome: CheckUpdatesOutcome): void {
    if (outcome.outcome === 'refused' || outcome.outcome === 'deferred') {
      say(noNotice(outcome, speech, state))
      return
    }
    const release = outcome.outcome === 'available' ? outcome.release : null
    if (outcome.outcome === 'available') context.learnUpdates(outcome.components)
    // The card below says it to the eye, with more.
    if (release) say(create('p', { class: 'unseen' }, label('updates.available', { version: release.version })))
    else say(notice('good', label('updates.none')))
    offer.replaceChildren(...(release ? [releaseCard(release)] : []), ...remarks(outcome))
  }

  /** What else the hub said: about components, and about what is not offered. */
  function remarks(outcome: UpdateAvailable | UpToDate): readonly Node[] {
    const names = outcome.outcome === 'available' ? outcome.components.map(({ slug }) => nameOf(slug)).join(', ') : ''
    return [
      ...(names === '' ? [] : [create('p', {}, label('updates.components', { names }))]),
      ...outcome.withheld.map(({ slug, reason }) =>
        create(
          'p',
          {},
          label(reason === 'product-version' ? 'withheld.product-version' : 'withheld', { name: nameOf(slug) }),
        ),
      ),
      ...(outcome.componentsUndecided ? [noNotice(outcome.componentsUndecided, speech, state)] : []),
    ]
  }

  function releaseCard({ version, releasedAt, size, mandatory }: Release): HTMLElement {
    const news = create(
      'details',
      { toggle: () => void (news.open && news.childElementCount === 1 && describe(version, news)) },
      create('summary', {}, label('changelog')),
    )
    return create(
      'div',
      { class: 'card' },
      create(
        'div',
        { class: 'split' },
        create(
          'div',
          {},
          create('strong', {}, label('updates.available', { version })),
          create('p', { class: 'hint' }, label('updates.about', { date: date(releasedAt), size: bytes(size) })),
          mandatory ? create('p', {}, label('updates.mandatory')) : null,
        ),
        state.downloads
          ? create(
              'button',
              { type: 'button', class: 'primary', click: () => void download(version) },
              label('updates.download'),
            )
          : null,
      ),
      news,
    )
  }

  async function describe(version: string, news: HTMLElement): Promise<void> {
    const reply = await perform(section, { path: 'updates/changelog', body: { version }, meanwhile: label('loading') })
    if (!reply) return
    const { outcome } = reply
    if (outcome.outcome === 'described') news.append(changelogView(outcome.changelog))
    else say(noNotice(outcome, speech, state))
  }

  async function download(version: string): Promise<void> {
    const meanwhile = label('updates.downloading', { version })
    const reply = await perform(section, { path: 'updates/download', meanwhile, takesLong: true })
    if (!reply) return
    const { outcome } = reply
    switch (outcome.outcome) {
      case 'downloaded':
        say(
          notice(
            'good',
            label('updates.downloaded', { version: outcome.release.version }),
            create('p', {}, create('code', { dir: 'ltr' }, outcome.path)),
          ),
        )
        break
      case 'available':
      case 'current':
        // The hub has changed its mind since it was asked.
        tell(outcome)
        break
      default:
        say(noNotice(outcome, speech, state))
    }
  }

  const say = (node: Node) => section.result.replaceChildren(node)

  function show(next: PanelState): void {
    state = next
    section.element.hidden = state.verdict.state !== 'licensed' && state.verdict.state !== 'grace'
  }

  show(first)
  return { element: section.element, show }
}
