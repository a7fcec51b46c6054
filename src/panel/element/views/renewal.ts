import { create } from '../create.js'

/** The way to the page where an expired license is renewed, where the author names one. */
export function renewalLink(renewUrl: string | null, text: string): Node | null {
  if (renewUrl === null) return null
  return create('a', { class: 'button', href: renewUrl, rel: 'noopener', target: '_blank' }, text)
}
