import type { Explanation, SetbackReason } from '../index.js'

/** From here on, clocks that disagree mean something. */
const clockToleranceMs = 5 * 60_000

/**
 * What is wrong, in plain words, and what to do about it; the gravest first. `windows` has no permission bits: those
 * that it reports mean nothing.
 */
export function findProblems(explanation: Explanation, windows: boolean): readonly string[] {
  return [
    ...storageProblems(explanation.storage, windows),
    ...clockProblems(explanation.clock),
    ...networkProblems(explanation),
    ...recordProblems(explanation.record),
  ]
}

function storageProblems(storage: Explanation['storage'], windows: boolean): readonly string[] {
  const { directory, writable, problem, files } = storage
  if (directory === null) {
    return [
      'Nothing is kept on disk, so that every start begins anew. Set HOME to an absolute path, or give --directory.',
    ]
  }
  const problems: string[] = []
  if (!writable) {
    problems.push(
      `The directory ${directory} cannot be written to (${problem ?? 'no reason given'}). Make it writable for this ` +
        'user, free some space, or give another --directory.',
    )
  }
  const wrong = windows ? [] : wrongModes(storage)
  if (wrong.length > 0) {
    problems.push(`Wrong permissions: ${listed(wrong)}. Run: chmod -R u+rwX,go-rwx '${directory}'`)
  }
  const damaged = files.filter(({ name }) => name.endsWith('.damaged'))
  if (damaged.length > 0) {
    problems.push(
      `${counted(damaged.length, 'damaged file')} had to be set aside: ${listed(damaged.map(({ name }) => name))}. ` +
        'Check the disk if there are ever more.',
    )
  }
  return problems
}

/** Private to this user, and usable by this user. A lock holds nothing. */
function wrongModes({ directory, mode, files }: Explanation['storage']): readonly string[] {
  const places = [{ name: directory ?? '', mode: mode ?? '' }, ...files.filter(({ name }) => !name.endsWith('.lock'))]
  return places
    .filter(({ mode: octal }) => /^[0-7]+$/.test(octal))
    .filter(({ mode: octal }) => (Number.parseInt(octal, 8) & 0o677) !== 0o600)
    .map(({ name, mode: octal }) => `${name} (${octal})`)
}

function clockProblems({ offsetMs, behindFloor }: Explanation['clock']): readonly string[] {
  const problems: string[] = []
  if (behindFloor) {
    problems.push('The clock of this machine runs behind a time that has certainly passed. Set the date and time.')
  }
  if (Math.abs(offsetMs) > clockToleranceMs) {
    const direction = offsetMs > 0 ? 'behind' : 'ahead of'
    problems.push(
      `At the hub's last word, the clock of this machine was ${renderLength(Math.abs(offsetMs))} ${direction} the ` +
        "hub's. Licenses are judged by the hub's time; set the date and time all the same.",
    )
  }
  return problems
}

function networkProblems({ network, hub, verdict }: Explanation): readonly string[] {
  const problems: string[] = []
  if (!network.certificatesVerified) {
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED=0 is set, so that anybody can pose as the hub. Unset it.')
  }
  if (hub.trustedKeys.length === 0) {
    problems.push('No key of the hub is pinned, so that its answers are believed without proof. Give --trusted-key.')
  }
  if (verdict.lastAttempt) {
    const { reason } = verdict.lastAttempt
    const what = `The hub did not decide when it was last asked (${reason}).`
    problems.push(`${what} ${adviceOn(reason, network)}`)
  }
  return problems
}

/** What the environment of this machine adds to the reason. */
function adviceOn(reason: SetbackReason, { proxyVariables, extraCertificates }: Explanation['network']): string {
  const proxy = proxyVariables.length > 0 ? ` A proxy is set by ${proxyVariables.join(', ')}: check that, too.` : ''
  switch (reason) {
    case 'tls-failed':
      return extraCertificates
        ? 'Check the date of this machine, and the file that NODE_EXTRA_CA_CERTS names.'
        : 'Check the date of this machine. Where a firewall intercepts connections, name its certificate in NODE_EXTRA_CA_CERTS.'
    case 'proxy-failed':
      return `Check the proxy that ${proxyVariables.join(', ') || 'the product'} names.`
    case 'rate-limited':
    case 'over-budget':
      return 'Too many requests were made from this address. Wait until the time below.'
    case 'refused':
    case 'proof-missing':
    case 'proof-invalid':
    case 'unexpected-answer':
    case 'wrong-route':
    case 'redirected':
      return `Check that --hub and --trusted-key are those of the product.${proxy}`
    default:
      return `Check the connection and the address of the hub.${proxy}`
  }
}

function recordProblems(record: Explanation['record']): readonly string[] {
  if (!record) return []
  const problems: string[] = []
  if (record.activationPending) {
    problems.push(
      'An activation was never answered. Activate the same key again: that takes no further activation of the license.',
    )
  }
  if (record.supersededKeys > 0) {
    problems.push(
      `${counted(record.supersededKeys, 'replaced key')} still to be freed at the hub. That happens by itself at the ` +
        'next contact with the hub.',
    )
  }
  return problems
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** A directory may hold many files; a page for a support ticket has room for a few. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}

function renderLength(lengthMs: number): string {
  const minutes = Math.round(lengthMs / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  const hours = Math.round(lengthMs / 3_600_000)
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}
