import type { LabelName } from '../../messages/panel-messages.js'
import type { PanelReply } from '../../panel-api.js'
import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import type { PanelContext, PanelSection } from '../panel.js'
import { createSection } from '../section.js'
import { activationForm } from '../views/activation.js'
import { ask } from '../views/dialog.js'
import { noNotice, notice, renewalLink } from '../views/notice.js'
import { conditionOf, stateWords } from '../views/state.js'
import { termsList } from '../views/terms.js'

/** The license: what it is like, and everything that can be done about it. */
export function licenseSection({ panel, speech, perform }: PanelContext, first: PanelState): PanelSection {
  const { label } = speech
  let state = first
  let shown = ''
  const heading = create('h2')
  const words = create('div')
  const status = create(
    'div',
    { class: 'status' },
    create('span', { class: 'icon' }),
    create('div', {}, heading, words),
  )
  const tasks = create('div')
  const terms = create('div')
  const section = createSection(heading, [status], [tasks, terms])

  function show(next: PanelState): void {
    state = next
    const condition = conditionOf(state.verdict)
    status.className = `status ${condition}`
    heading.textContent = label(`state.${condition}`, { product: state.title })
    words.replaceChildren(...stateWords(state, speech))
    terms.replaceChildren(termsList(state, speech))
    // A key that was typed stays as long as it is the same thing that is to be done.
    const { verdict } = state
    const situation = [condition, 'reason' in verdict && verdict.reason, verdict.licenseKey].join()
    if (situation !== shown) offerTasks()
    shown = situation
  }

  function offerTasks(): void {
    const { verdict, renewUrl } = state
    const reason = 'reason' in verdict ? verdict.reason : undefined
    if (verdict.licenseKey === null || reason === 'not-activated') {
      tasks.replaceChildren(activationForm(speech, activate))
      return
    }
    const works = verdict.state === 'licensed' || verdict.state === 'grace'
    const renewal = reason === 'expired' ? renewalLink(renewUrl, speech) : null
    tasks.replaceChildren(
      create(
        'div',
        { class: 'actions' },
        renewal,
        button('check', check, works || renewal ? undefined : 'primary'),
        button('activate.other', offerOtherKey, 'quiet'),
        works ? button('deactivate', deactivate, 'quiet') : null,
      ),
    )
  }

  function button(name: LabelName, click: () => void, look?: string): HTMLElement {
    return create('button', { type: 'button', class: look, click }, label(name))
  }

  function offerOtherKey(): void {
    const leave = () => {
      offerTasks()
      heading.focus()
    }
    const form = activationForm(speech, activate, button('cancel', leave))
    tasks.replaceChildren(form)
    form.querySelector('input')?.focus()
  }

  async function activate(licenseKey: string): Promise<void> {
    const reply = await perform(section, { path: 'activate', body: { licenseKey }, meanwhile: label('activating') })
    conclude(reply, 'activate.done')
  }

  async function check(): Promise<void> {
    const reply = await perform(section, { path: 'check', meanwhile: label('checking') })
    if (!reply) return
    const { lastAttempt, message } = reply.outcome
    // In its grace period, the state says why.
    if (lastAttempt && state.verdict.state === 'grace') say(notice('unknown', label('check.failed')))
    else if (lastAttempt) say(noNotice({ outcome: 'deferred', message, ...lastAttempt }, speech, state))
    else say(notice('neutral', label('check.done')))
  }

  async function deactivate(): Promise<void> {
    const { domain } = state.verdict
    const confirmed = await ask(panel, {
      question: label('deactivate.question', { domain }),
      meaning: label('deactivate.meaning'),
      confirm: label('deactivate.confirm'),
      cancel: label('cancel'),
      isLoss: true,
    })
    if (!confirmed) return
    const reply = await perform(section, { path: 'deactivate', meanwhile: label('deactivating') })
    conclude(reply, 'deactivate.done')
  }

  function conclude(reply: PanelReply<'activate' | 'deactivate'> | undefined, done: LabelName): void {
    if (!reply) return
    const { outcome } = reply
    if (outcome.outcome === 'refused' || outcome.outcome === 'deferred') {
      say(noNotice(outcome, speech, state, 'no.refused'))
      return
    }
    say(notice('good', label(done)))
    offerTasks()
    heading.focus()
  }

  const say = (node: Node) => section.result.replaceChildren(node)

  show(first)
  return { element: section.element, show }
}
