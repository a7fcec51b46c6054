import type { WarningCode } from '../domain/client-event.js'
import type { Observer } from '../ports/observer.js'

/** Reports each kind of warning once: whatever goes wrong in the same way again has the same cause. */
export type Warn = (code: WarningCode, detail?: string) => void

/** The sentences for the author. */
export const warningMessage: Readonly<Record<WarningCode, string>> = {
  'unpinned-hub':
    'No hub key is pinned (hub.trustedKeys), so answers are trusted without a signature: whoever can edit the files ' +
    'of this computer can forge a license.',
  'storage-unavailable':
    'The license cannot be kept on this computer and has to be checked again at every start. Make the data directory ' +
    'writable, or set the directory option.',
  'shared-store-unavailable':
    'The store that this computer shares with others is out of reach. Until it is back, the license is kept on this ' +
    'computer alone.',
  'record-damaged': 'A license record on this computer was damaged and has been set aside.',
  'domain-changed':
    'A license is active on this computer for another domain. This domain needs an activation of its own; deactivate ' +
    'the license on the other domain first if it allows no more.',
  'installation-not-kept':
    'The id of this installation cannot be kept, so that every start counts as a new installation and may take an ' +
    'activation of its own. Give the container a volume, or set the installationId option.',
  'updates-went-back':
    'The hub says less about releases than it has said before: a lower version, or an older signature. Somebody may be ' +
    'keeping an update back, so nothing is offered from this answer. A release that was withdrawn needs a newer version.',
  'record-foreign': 'A license record on this computer belongs to another installation. Activate the license here.',
}

export function createWarn(observer: Observer): Warn {
  const reported = new Set<WarningCode>()
  return (code, detail) => {
    if (reported.has(code)) return
    reported.add(code)
    observer.notify('warning', { code, message: detail ? `${warningMessage[code]} (${detail})` : warningMessage[code] })
  }
}

/** What is said of an error in a warning. */
export function reasonOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined
}
