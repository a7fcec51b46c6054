import type { ClientEvents } from '../../index.js'
import { clientVariables } from '../client-options.js'

type Warning = ClientEvents['warning']

/** What the library says to who sets its options in a program, said to who sets them on a line. */
export function renderWarning({ code, message }: Warning): string {
  if (code === 'unpinned-hub') {
    return (
      `No hub key is pinned by --trusted-key (or ${clientVariables.trustedKey}), so answers are trusted without a ` +
      'signature: whoever can edit the files of this computer can forge a license.'
    )
  }
  return message.replace(/\s+/g, ' ')
}
