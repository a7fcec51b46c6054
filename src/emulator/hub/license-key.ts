import { randomInt } from 'node:crypto'

const shape = /^FLVR(?:-[A-Z0-9]{4}){4}$/
const anywhere = /FLVR-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}-([A-Z0-9]{4})/gi

export function isLicenseKey(text: string): boolean {
  return shape.test(text)
}

/** A key as a log may show it. What is no key is hidden whole: it may be a real one with a typing error. */
export function maskLicenseKey(key: string): string {
  return isLicenseKey(key) ? maskLicenseKeys(key) : '****'
}

/** Hides every license key in a text but its last group: the arrival log may be printed. */
export function maskLicenseKeys(text: string): string {
  return text.replace(anywhere, 'FLVR-****-****-****-$1')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** One of 36^16: no two are ever the same. The last group is no checksum; nobody outside FlavorTeam can make one. */
export function newLicenseKey(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  )
  return ['FLVR', ...groups].join('-')
}
