import type { LabelName } from '../messages/panel-messages.js'
import type { PanelState } from '../panel-state.js'
import type { Connection, Outcome, Reply } from './connection.js'
import { create } from './create.js'
import type { Speech } from './speech.js'
import { activationForm } from './views/activation.js'
import { diagnosticsView } from './views/diagnostics.js'
import { licenseView } from './views/license.js'
import { outcomeView } from './views/outcome.js'
import { deactivationQuestion } from './views/question.js'
import { renewalLink } from './views/renewal.js'

export interface PanelContext {
  readonly connection: Connection
  readonly speech: Speech
  /** Called with the license as it is after each action. */
  readonly onChange: (state: PanelState) => void
}

/** Shows the license, and carries out what is asked of it, one thing at a time. */
export function openPanel(context: PanelContext, first: PanelState): HTMLElement {
  const { connection, speech, onChange } = context
  const { label } = speech
  let state = first
  let busy = false

  const heading = create('h2', { tabindex: '-1' }, label('license'))
  const license = create('div')
  const tasks = create('div')
  // It stays in the page while everything around it changes: a screen reader announces what is put into it.
  const result = create('div', { role: 'status' })

  function show(next: PanelState): void {
    state = next
    license.replaceChildren(...licenseView(state, speech))
    offerTasks()
  }

  function offerTasks(): void {
    const works = state.verdict.state === 'licensed' || state.verdict.state === 'grace'
    const known = state.verdict.licenseKey !== null
    tasks.replaceChildren(
      ...(works ? [] : [activationForm(speech, activate)]),
      create(
        'div',
        { class: 'actions' },
        renewal(state, speech),
        known ? button('check', check) : null,
        works ? button('deactivate', askDeactivation) : null,
        works ? button('activate.other', offerOtherKey) : null,
      ),
    )
  }

  function button(name: LabelName, click: () => void): HTMLElement {
    return create('button', { type: 'button', click }, label(name))
  }

  function offerOtherKey(): void {
    const form = activationForm(speech, activate)
    tasks.replaceChildren(form, create('div', { class: 'actions' }, button('cancel', offerTasks)))
    form.querySelector('input')?.focus()
  }

  function askDeactivation(): void {
    const cancel = () => {
      offerTasks()
      heading.focus()
    }
    const question = deactivationQuestion(speech, state.verdict.domain, { confirm: deactivate, cancel })
    tasks.replaceChildren(question)
    question.querySelector('button')?.focus()
  }

  const activate = (licenseKey: string) =>
    act('activating', 'activate.done', () => connection.post('activate', { licenseKey }))
  const check = () => act('checking', 'check.done', () => connection.post('check'))
  const deactivate = () => act('checking', 'deactivate.done', () => connection.post('deactivate'))

  async function act(meanwhile: LabelName, done: LabelName, ask: () => Promise<Reply>): Promise<void> {
    if (busy) return
    busy = true
    say(create('p', { class: 'result' }, label(meanwhile)))
    for (const control of tasks.querySelectorAll('button')) control.setAttribute('aria-disabled', 'true')
    try {
      const reply = await ask()
      conclude(reply, done)
    } catch {
      say(create('p', { class: 'result unlicensed' }, label('unreachable')))
    } finally {
      busy = false
      for (const control of tasks.querySelectorAll('button')) control.removeAttribute('aria-disabled')
    }
  }

  function conclude(reply: Reply, done: LabelName): void {
    const changed = reply.state.verdict.state !== state.verdict.state || isDone(reply.outcome)
    const { renewUrl } = reply.state
    say(...outcomeView(reply.outcome, label(done), renewUrl, speech))
    // What was typed stays where it can be corrected.
    if (!changed) return
    show(reply.state)
    heading.focus()
    onChange(state)
  }

  function say(...words: readonly Node[]): void {
    result.replaceChildren(...words)
  }

  show(first)
  return create(
    'section',
    { class: 'panel', 'aria-label': `${state.title}: ${label('license')}` },
    heading,
    license,
    result,
    tasks,
    diagnosticsView(speech, () => connection.get('diagnostics')),
  )
}

function isDone({ outcome }: Outcome): boolean {
  return outcome !== 'refused' && outcome !== 'deferred'
}

function renewal({ verdict, renewUrl }: PanelState, { label }: Speech): Node | null {
  const expired = 'reason' in verdict && verdict.reason === 'expired'
  return expired ? renewalLink(renewUrl, label('renew')) : null
}
