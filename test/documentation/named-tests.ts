import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const root = new URL('../../', import.meta.url)

/** A fact, and a test: a file, and the title of a test in it. */
export interface Proven {
  readonly what: string
  readonly proof: string
}

/** What is wrong with a row of a document: that it names no test, or one that is not there. */
export function unproven({ what, proof }: Proven): readonly string[] {
  const [, file = '', title = ''] = /^`(test\/\S+\.ts)`: (.+)$/.exec(proof) ?? []
  if (title === '') return [`"${what}" names no test`]
  const titles = titlesIn(file)
  return titles.some((path) => path === title || path.endsWith(` › ${title}`))
    ? []
    : [`"${what}" names a test that is not there: ${title}`]
}

const known = new Map<string, readonly string[]>()

/** Titles of the tests of a file, each behind those of the groups that it is in. */
function titlesIn(file: string): readonly string[] {
  const present = known.get(file)
  if (present !== undefined) return present
  const path = new URL(file, root)
  const source = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const titles: string[] = []
  const collect = (node: ts.Node, groups: readonly string[]): void => {
    const title = titleOf(node)
    if (title?.kind === 'it') titles.push([...groups, title.text].join(' › '))
    const inside = title?.kind === 'describe' ? [...groups, title.text] : groups
    ts.forEachChild(node, (child) => collect(child, inside))
  }
  collect(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true), [])
  known.set(file, titles)
  return titles
}

function titleOf(node: ts.Node): { readonly kind: string; readonly text: string } | undefined {
  if (!ts.isCallExpression(node)) return undefined
  const [, kind] = /^(it|describe)\b(?!\.skip|\.todo)/.exec(node.expression.getText()) ?? []
  const [title] = node.arguments
  return kind === undefined || title === undefined || !ts.isStringLiteralLike(title)
    ? undefined
    : { kind, text: title.text }
}
