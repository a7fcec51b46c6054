/**
 * Both Ed25519 implementations on the published vectors and on mutated cases: node scripts/prove-signature.mjs
 * [--cases N] [--seed TEXT]. Exits with 1 when they differ or either is wrong. The same seed gives the same cases.
 */
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { withSignatureProgram } from './programs/signature-program.mjs'

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } })
const cases = Number(values.cases ?? 10_000)
const seed = values.seed ?? randomBytes(8).toString('hex')

const started = performance.now()
const parts = availableParallelism()
const share = Math.ceil(cases / parts)
const reports = await withSignatureProgram((judge) =>
  Promise.all(
    Array.from({ length: parts }, (_, part) => {
      const start = part * share
      return judge(process.execPath, seed, start, Math.max(0, Math.min(share, cases - start)))
    }),
  ),
)

const sum = (pick) => reports.reduce((total, { shared }) => total + pick(shared.node) + pick(shared.tweetnacl), 0)
const figures = {
  seed,
  cases: reports.reduce((total, { shared }) => total + shared.node.cases, 0),
  wrongAccepts: sum((tally) => tally.wrongAccepts),
  wrongRejects: sum((tally) => tally.wrongRejects),
  partsThatDiffer: reports.filter(({ shared }) => shared.node.digest !== shared.tweetnacl.digest).length,
  seconds: Math.round((performance.now() - started) / 100) / 10,
}
console.log(JSON.stringify(figures))
if (figures.wrongAccepts + figures.wrongRejects + figures.partsThatDiffer > 0) process.exitCode = 1
