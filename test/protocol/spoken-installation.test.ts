import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hearInstallation, speakInstallation } from '../../src/protocol/spoken-installation.js'

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 })
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function spoken(id: Uint8Array): string {
  const code = speakInstallation(id)
  if (code === undefined) throw new Error('There is no code for this id.')
  return code
}

describe('an installation id that is read over the telephone', () => {
  it('is seven groups of four characters that cannot be confused', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(spoken(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){6}$/)
      }),
    )
  })

  it.each([
    ['as it was read', (code: string) => code],
    ['in lower case', (code: string) => code.toLowerCase()],
    ['without hyphens', (code: string) => code.replaceAll('-', '')],
    ['with blanks', (code: string) => ` ${code.replaceAll('-', ' ')}\n`],
    [
      'with O for 0 and I or L for 1',
      (code: string) => code.replaceAll('0', 'O').replace('1', 'I').replaceAll('1', 'l'),
    ],
  ])('is heard %s', (_, say) => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(hearInstallation(say(spoken(id)))).toEqual(id)
      }),
    )
    const extremes = [new Uint8Array(16), new Uint8Array(16).fill(255)]
    for (const id of extremes) expect(hearInstallation(say(spoken(id)))).toEqual(id)
  })

  it('is not heard with any one character wrong', () => {
    fc.assert(
      fc.property(ids, fc.nat(27), fc.integer({ min: 1, max: 31 }), (id, position, shift) => {
        const code = spoken(id).replaceAll('-', '')
        const wrong = letters[(letters.indexOf(code[position] ?? '') + shift) % 32]
        expect(hearInstallation(code.slice(0, position) + wrong + code.slice(position + 1))).toBeUndefined()
      }),
    )
  })

  it('is not heard with two neighbors swapped', () => {
    fc.assert(
      fc.property(ids, fc.nat(26), (id, position) => {
        const code = spoken(id).replaceAll('-', '')
        const [first = '', second = ''] = code.slice(position, position + 2)
        fc.pre(first !== second)
        const swapped = code.slice(0, position) + second + first + code.slice(position + 2)
        expect(hearInstallation(swapped)).toBeUndefined()
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['too little', '0000-0000'],
    ['too much', `${spoken(new Uint8Array(16))}0`],
    ['a letter that is not spoken', `U${spoken(new Uint8Array(16)).slice(1)}`],
    ['a letter that is not spoken at the end', `${spoken(new Uint8Array(16)).slice(0, -1)}U`],
  ])('is not %s', (_, code) => {
    expect(hearInstallation(code)).toBeUndefined()
  })

  it('has no more than 128 bits, whatever the checksum says', () => {
    const value = 2n ** 128n
    const digit = (index: number) => letters[Number((value >> BigInt(5 * (25 - index))) & 31n)]
    const check = value % 1021n
    const code = `${Array.from({ length: 26 }, (_, index) => digit(index)).join('')}${letters[Number(check >> 5n)]}${letters[Number(check & 31n)]}`
    expect(hearInstallation(code)).toBeUndefined()
  })

  it.each([0, 15, 17])('is never made of %i bytes', (length) => {
    expect(speakInstallation(new Uint8Array(length))).toBeUndefined()
  })
})
