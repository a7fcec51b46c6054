import type { WarningCode } from '../domain/client-event.js'
import type { Observer } from '../ports/observer.js'
import type { HubWarningCode } from './hub/hub-warnings.js'

/** What may be wrong with the record, or where it is kept. */
export type RecordWarningCode = Exclude<WarningCode, HubWarningCode>

/** Reports each kind of warning once: whatever goes wrong in the same way again has the same cause. */
export type Warn<Code extends WarningCode = RecordWarningCode> = (code: Code, detail?: string) => void

/** The sentences for the author about what a verdict from the record may meet. */
export const recordWarningMessage: Readonly<Record<RecordWarningCode, string>> = {
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
    'A license is active on this computer for another domain. This one needs an activation of its own; deactivate the ' +
    'other first if the license allows no more.',
  'installation-not-kept':
    'The id of this installation cannot be kept, so that every start may take an activation of its own. Give the ' +
    'container a volume, or set the installationId option.',
  'record-foreign': 'A license record on this computer belongs to another installation. Activate the license here.',
}

/** @param messages - The sentences of the codes that it is for. */
export function createWarn<Code extends WarningCode>(
  observer: Observer,
  messages: Readonly<Record<Code, string>>,
): Warn<Code> {
  const reported = new Set<Code>()
  return (code, detail) => {
    if (reported.has(code)) return
    reported.add(code)
    observer.notify('warning', { code, message: detail ? `${messages[code]} (${detail})` : messages[code] })
  }
}

/** What is said of an error in a warning. */
export function reasonOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined
}
