/** Why the hub did not decide. Stable: products may rely on these strings. */
export type SetbackReason =
  | 'name-not-resolved'
  | 'connection-refused'
  | 'connection-lost'
  | 'timeout'
  | 'tls-failed'
  | 'proxy-failed'
  | 'network-failed'
  | 'too-large'
  | 'not-json'
  | 'redirected'
  | 'unexpected-answer'
  | 'wrong-route'
  | 'hub-failed'
  | 'rate-limited'
  | 'over-budget'
  | 'refused'
  | 'proof-missing'
  | 'proof-invalid'
  | 'outdated-answer'
  | 'failed-here'

/** The sentence for the person in front of the product. */
export const setbackMessage: Readonly<Record<SetbackReason, string>> = {
  'name-not-resolved': 'The license server could not be found. Check the internet connection, then try again.',
  'connection-refused': 'The license server refused the connection. Check that no firewall blocks it, then try again.',
  'connection-lost': 'The connection to the license server broke off. Try again in a moment.',
  timeout: 'The license server did not answer in time. Check the internet connection, then try again.',
  'tls-failed':
    'The secure connection to the license server could not be verified. A firewall or antivirus program may be ' +
    'intercepting it, or the date of this computer may be wrong.',
  'proxy-failed': 'The proxy did not let the request through to the license server. Check the proxy settings.',
  'network-failed': 'The license server could not be reached. Check the internet connection, then try again.',
  'too-large': 'The license server sent an answer that is too large to be genuine. Try again later.',
  'not-json':
    'Something other than the license server answered, such as a sign-in page of the network. Open a web page to ' +
    'sign in to the network, then try again.',
  redirected:
    'The request was redirected to another address, which the license server never does. Check the network and the ' +
    'address of the license server.',
  'unexpected-answer': 'The license server sent an answer that this product does not understand. Try again later.',
  'wrong-route': 'There is no license server at this address. Check the address of the license server.',
  'hub-failed': 'The license server has a problem at the moment. Try again in a few minutes.',
  'rate-limited': 'The license server is busy. Wait a minute, then try again.',
  'over-budget': 'The license server was asked too often in the last minute. Wait a minute, then try again.',
  refused: 'The license server did not accept the request.',
  'proof-missing': "The answer did not carry the license server's signature, so it was not believed.",
  'failed-here': 'Something on this computer failed while the license was checked. Try again in a moment.',
  'proof-invalid': 'The answer carried a signature that is not valid for this request, so it was not believed.',
  'outdated-answer': 'The license server said less than it has said before, so it was not believed. Try again later.',
}

/** An attempt to ask the hub that did not bring its word. */
export interface Setback {
  readonly reason: SetbackReason
  /** Epoch milliseconds. A call before this time asks nothing. */
  readonly retryAt: number
}

/** A refusal is an answer of the hub; everything else is the lack of one. The two are backed off differently. */
export type SetbackKind = 'refusal' | 'non-answer'

export function setbackKind(reason: SetbackReason): SetbackKind {
  return reason === 'refused' ? 'refusal' : 'non-answer'
}

/** Whether a request that ended so may reach the hub later, and be counted there. */
export function mayStillArrive(reason: SetbackReason): boolean {
  return reason === 'timeout' || reason === 'connection-lost' || reason === 'network-failed'
}
