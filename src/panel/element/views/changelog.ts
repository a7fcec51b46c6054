import { create } from '../create.js'

/**
 * A changelog, of which only headings and lists are told apart. It comes from the hub unsigned: it stays text, and no
 * link in it leads anywhere. It may be written in another direction than the panel.
 */
export function changelogView(markdown: string): HTMLElement {
  const lines = markdown.split(/\r?\n/).map((line) => line.trim())
  return create(
    'div',
    { class: 'changelog' },
    ...lines
      .filter((line) => line !== '')
      .map((line) => {
        const [, mark = '', text = line] = /^(#+|[-*+])\s+(.*)$/.exec(line) ?? []
        const plain = text.replace(/\*\*|`/g, '')
        if (mark.startsWith('#')) return create('strong', { dir: 'auto' }, plain)
        return create('p', { dir: 'auto', class: mark === '' ? undefined : 'item' }, plain)
      }),
  )
}
