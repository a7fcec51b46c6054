import type { ClientEvents } from '../../index.js'

/** What an author sets in a program, by what stands for it on a line. */
const flags: Readonly<Record<string, string>> = { 'hub.trustedKeys': '--trusted-key', 'hub.url': '--hub' }

/** What the library says to who sets its options in a program, said to who sets them on a line. */
export function renderWarning({ message }: ClientEvents['warning']): string {
  return message.replace(/\s+/g, ' ').replace(/\bhub\.\w+/g, (option) => flags[option] ?? option)
}
