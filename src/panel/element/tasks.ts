import type { LabelName } from '../messages/panel-messages.js'
import type { PanelPath, PanelReply } from '../panel-api.js'
import type { PanelState } from '../panel-state.js'
import { type Connection, SignedOut } from './connection.js'
import type { Section } from './section.js'
import type { Speech } from './speech.js'
import { notice } from './views/notice.js'
import { progressMeter } from './views/progress.js'

export interface Task<Path extends PanelPath> {
  readonly path: Path
  readonly body?: object
  /** Said until there is an outcome. */
  readonly meanwhile: string
  /** It takes a while: shows how far it is, and can be canceled. */
  readonly takesLong?: boolean
}

/** Carries out one thing at a time. Answers `undefined` when it was canceled or the product cannot be reached. */
export type Perform = <Path extends PanelPath>(
  section: Section,
  task: Task<Path>,
) => Promise<PanelReply<Path> | undefined>

/** @param accept - Takes the license as it is after a task. */
export function createTasks(
  panel: HTMLElement,
  { connection, speech }: { readonly connection: Connection; readonly speech: Speech },
  accept: (state: PanelState) => void,
): Perform {
  let busy = false

  function setBusy(now: boolean): void {
    busy = now
    for (const button of panel.querySelectorAll('button:not(.cancel)')) {
      if (busy) button.setAttribute('aria-disabled', 'true')
      else button.removeAttribute('aria-disabled')
    }
  }

  panel.addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof Element && event.target.closest('[aria-disabled]'))) return
      // Such a button can have the focus, so that a screen reader's user finds it, but does nothing.
      event.preventDefault()
      event.stopPropagation()
    },
    { capture: true },
  )

  return async (section, { path, body, meanwhile, takesLong = false }) => {
    if (busy) return undefined
    const origin = focusIn(panel)
    const canceling = new AbortController()
    const meter = progressMeter(speech, meanwhile, () => canceling.abort())
    const say = (text: string) => section.result.replaceChildren(notice('neutral', text))
    say(meanwhile)
    if (takesLong) section.meter.replaceChildren(meter.element)
    setBusy(true)
    try {
      const reply = await connection.post(path, {
        ...(body && { body }),
        signal: canceling.signal,
        onProgress(progress) {
          const milestone = meter.show(progress)
          if (milestone !== undefined) say(`${meanwhile} ${milestone}`)
        },
      })
      section.result.replaceChildren()
      accept(reply.state)
      return reply
    } catch (error) {
      say(speech.label(whatEnded(error, canceling.signal)))
      return undefined
    } finally {
      section.meter.replaceChildren()
      setBusy(false)
      if (!focusIn(panel)) focus(origin?.isConnected ? origin : section.heading)
    }
  }
}

function whatEnded(error: unknown, { aborted }: AbortSignal): LabelName {
  if (aborted) return 'canceled'
  return error instanceof SignedOut ? 'signed-out' : 'unreachable'
}

function focusIn(panel: HTMLElement): Element | null {
  const root = panel.getRootNode()
  return root instanceof ShadowRoot ? root.activeElement : null
}

function focus(element: Element): void {
  if (element instanceof HTMLElement) element.focus()
}
