import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { codePage } from '../../scripts/documents/code-page.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

function documents(): readonly string[] {
  const own = readdirSync(root).filter((name) => name.endsWith('.md'))
  const folders = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  return [...own, ...folders.filter((name) => name.endsWith('.md') && !name.includes('node_modules'))]
}

interface Link {
  readonly from: string
  readonly to: string
}

/** The links of a document that lead into this repository. */
function linksOf(document: string): readonly Link[] {
  const text = readFileSync(join(root, document), 'utf8').replace(/^```.*?^```/gms, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/(?:src|srcset)="([^"]+)"/g)]
    .map(([, to = '']) => ({ from: document, to }))
    .filter(({ to }) => !/^[a-z]+:/.test(to))
}

/** As the usual renderers make the anchors of headings, and those that stand in the text. */
function anchorsOf(path: string): ReadonlySet<string> {
  const text = readFileSync(path, 'utf8').replace(/^```.*?^```/gms, '')
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id))
  for (const [, heading = ''] of text.matchAll(/^#+ (.+)$/gm)) {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    let anchor = name
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${name}-${again}`
    anchors.add(anchor)
  }
  return anchors
}

function problemOf({ from, to }: Link): string | undefined {
  const [path = '', anchor] = to.split('#')
  const target = path === '' ? join(root, from) : join(root, dirname(from), path)
  if (!existsSync(target)) return `${from} leads to ${relative(root, target)}, which is not there`
  if (anchor === undefined || statSync(target).isDirectory()) return undefined
  return anchorsOf(target).has(anchor) ? undefined : `${from} leads to ${to}, which has no such heading`
}

describe('links', () => {
  it('lead somewhere', () => {
    const links = documents().flatMap(linksOf)
    expect(links.length).toBeGreaterThan(30)
    expect(links.map(problemOf).filter((problem) => problem !== undefined)).toEqual([])
  })

  it('of the README lead to every document, and to the first page of the reference', () => {
    const linked = new Set(linksOf('README.md').map(({ to }) => to.split('#')[0]))
    const unlinked = documents().filter(
      (name) => /^docs\/(?!reference\/.+\/|reference\/flavor)/.test(name) && !linked.has(name),
    )
    expect(unlinked).toEqual([])
  })
})

it('tells every code in the words that the library speaks: else run node scripts/code-page.mjs', () => {
  expect(readFileSync(join(root, 'docs/codes.md'), 'utf8')).toBe(codePage())
})
