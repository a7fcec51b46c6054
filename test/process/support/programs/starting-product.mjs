/**
 * A product that starts: loads the client, asks it once and prints the verdict. Arguments: the entry point, how to load
 * it, the options of the client, and those of `verify`.
 */
import { createRequire } from 'node:module'

const [entry, moduleSystem, options, asking] = process.argv.slice(2)
const { createLicenseClient } = moduleSystem === 'cjs' ? createRequire(import.meta.url)(entry) : await import(entry)
const { state, source } = await createLicenseClient(JSON.parse(options)).verify(JSON.parse(asking))
process.stdout.write(`${state} by ${source}`)
