/** A request that the panel does not serve. Stable: clients of the panel may rely on these strings. */
export type PanelRefusal =
  | 'wrong-host'
  | 'cross-origin'
  | 'not-authorized'
  | 'not-found'
  | 'wrong-method'
  | 'wrong-content-type'
  | 'too-large'
  | 'malformed'
  | 'failed'

const refusals: Readonly<Record<PanelRefusal, { readonly status: number; readonly message: string }>> = {
  'wrong-host': { status: 403, message: 'This panel is not served under this host name.' },
  'cross-origin': { status: 403, message: 'This panel answers its own page alone.' },
  'not-authorized': { status: 401, message: 'Sign in to manage the license.' },
  'not-found': { status: 404, message: 'There is nothing here.' },
  'wrong-method': { status: 405, message: 'This address is asked in another way.' },
  'wrong-content-type': { status: 415, message: 'Send JSON.' },
  'too-large': { status: 413, message: 'The request is too large.' },
  malformed: { status: 400, message: 'The request is not what this address takes.' },
  failed: { status: 500, message: 'Something failed on this computer. Try again in a moment.' },
}

/** Ends the handling of a request; its message is fit for the person in front of the panel. */
export class PanelError extends Error {
  override readonly name: string = 'PanelError'
  readonly code: PanelRefusal
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: PanelRefusal, headers: Readonly<Record<string, string>> = {}) {
    super(refusals[code].message)
    this.code = code
    this.headers = headers
    this.status = refusals[code].status
  }
}
