import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../.github/workflows/', import.meta.url)
const workflows = readdirSync(folder).map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }))

/** The jobs of a workflow, as their lines. */
const jobsOf = (text: string): readonly string[] => (text.split(/^jobs:$/m)[1] ?? '').split(/^ {2}(?=[\w-]+:$)/m)

describe.each(workflows)('the workflow $file', ({ text }) => {
  it('runs actions of others as they were when they were looked at', () => {
    const actions = [...text.matchAll(/uses: (?!\.\/)(\S+)/g)].map(([, action = '']) => action)
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([])
  })

  it('may do nothing by default but read', () => {
    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m)
  })

  it('lets no job that runs our code or its tools speak for us to npm, or write', () => {
    const trusted = jobsOf(text).filter((job) => /: write$/m.test(job))
    expect(trusted.filter((job) => /actions\/checkout|npm ci|node scripts/.test(job))).toEqual([])
  })
})

it('the release is published after all checks, with its provenance', () => {
  const { text = '' } = workflows.find(({ file }) => file === 'release.yml') ?? {}
  const [publishing = ''] = jobsOf(text).filter((job) => job.includes('npm publish'))
  expect(publishing).toMatch(/^ +needs: \[check, pack\]$/m)
  expect(publishing).toMatch(/id-token: write[\s\S]*npm publish .*--provenance --access public/)
})

it('nothing is released while an advisory stands against what users install, or what builds it', () => {
  const textOf = (name: string) => workflows.find(({ file }) => file === name)?.text ?? ''
  expect(textOf('release.yml')).toMatch(/^ {2}check:\n {4}uses: \.\/\.github\/workflows\/check\.yml$/m)
  const [audit = ''] = jobsOf(textOf('check.yml')).filter((job) => job.includes('npm audit'))
  expect(audit).toMatch(/^ +run: npm audit --omit=dev$/m)
  expect(audit).toMatch(/^ +run: npm audit$/m)
  expect(audit).not.toMatch(/continue-on-error|^ +if:/m)
})
