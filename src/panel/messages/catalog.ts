import { english } from './english.js'
import { german } from './german.js'
import type { PanelMessages } from './panel-messages.js'

const builtIn: Readonly<Record<string, PanelMessages>> = { en: english, de: german }

/** What is said, and in which language that is. */
export interface SpokenMessages {
  readonly language: string
  readonly messages: PanelMessages
}

/**
 * What is said in the first of `wanted` that there is: `de-AT` is served by `de`. English where there is none.
 *
 * @param wanted - Language tags, the best first.
 * @param own - The author's, which come before those of this package.
 */
export function messagesFor(wanted: readonly string[], own: Readonly<Record<string, PanelMessages>>): SpokenMessages {
  const catalog = new Map(Object.entries({ ...builtIn, ...own }).map(([tag, entry]) => [tag.toLowerCase(), entry]))
  for (const language of wanted.flatMap(tagAndPrimary)) {
    const messages = catalog.get(language)
    if (messages) return { language, messages }
  }
  return { language: 'en', messages: catalog.get('en') ?? english }
}

function tagAndPrimary(tag: string): readonly string[] {
  const lower = tag.trim().toLowerCase()
  return [lower, lower.split('-')[0] ?? lower]
}
