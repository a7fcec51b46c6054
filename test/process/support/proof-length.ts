import { appendFileSync } from 'node:fs'

/** `npm run prove` sets the variables; a plain run of the tests is short and tells nobody its figures. */
export const proveAtLength: boolean = process.env['FLAVOR_LICENSE_PROVE'] === 'long'
const figuresFile = process.env['FLAVOR_LICENSE_FIGURES']

/** Notes what a proof has measured, one line of JSON each. */
export function figure(row: number, name: string, values: Readonly<Record<string, number | string>>): void {
  if (figuresFile !== undefined) appendFileSync(figuresFile, `${JSON.stringify({ row, name, ...values })}\n`)
}
