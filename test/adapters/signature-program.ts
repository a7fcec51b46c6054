/**
 * A program for any Node: judges the published vectors and a row of mutated cases by both implementations, and prints
 * one line of JSON. Arguments: the seed, the first case, how many cases, and how many of them tweetnacl judges too.
 */
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { loadTweetnaclSignature } from '../../src/adapters/tweetnacl-signature.js'
import { signatureCases } from './signature-cases.js'
import { tally } from './signature-tally.js'
import { edgeCases, signingVectors } from './signature-vectors.js'

const [seed = '', start = '0', count = '0', slowCount = count] = process.argv.slice(2)
const cases = [...signingVectors, ...edgeCases, ...signatureCases(seed, Number(count), Number(start))]
const slowCases = cases.slice(0, signingVectors.length + edgeCases.length + Number(slowCount))
const tweetnaclSignature = await loadTweetnaclSignature()

const report = {
  version: process.version,
  openssl: process.versions.openssl,
  all: tally(nodeSignature, cases),
  shared: { node: tally(nodeSignature, slowCases), tweetnacl: tally(tweetnaclSignature, slowCases) },
}
process.stdout.write(`${JSON.stringify(report)}\n`)
