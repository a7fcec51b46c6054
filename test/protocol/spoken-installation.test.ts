import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hearInstallation, speakInstallation } from '../../src/protocol/spoken-installation.js'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const anyId = fc.uint8Array({ minLength: 16, maxLength: 16 })

function speak(id: Uint8Array): string {
  const code = speakInstallation(id)
  if (code === undefined) throw new Error('An installation id could not be spoken.')
  return code
}

const lettersOf = (code: string) => code.replaceAll('-', '')
const replaceAt = (text: string, index: number, letter: string) => text.slice(0, index) + letter + text.slice(index + 1)

describe('a spoken installation id', () => {
  it.each([
    [new Uint8Array(16), '0000-0000-0000-0000-0000-0000-0000'],
    [new Uint8Array(16).fill(255), '7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZM5'],
    [Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 253), '0000-0000-0000-0000-0000-0000-ZX00'],
  ])('is seven groups of four: %j', (id, code) => {
    expect(speakInstallation(id)).toBe(code)
  })

  it('is heard as what was spoken', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(hearInstallation(speak(id))).toEqual(id)
      }),
    )
  })

  it('is never mistaken when one character is heard wrong', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const letters = lettersOf(speak(id))
        for (let index = 0; index < letters.length; index += 1) {
          for (const letter of alphabet) {
            if (letter !== letters[index]) expect(hearInstallation(replaceAt(letters, index, letter))).toBeUndefined()
          }
        }
      }),
    )
  })

  it('is never mistaken when two neighbors change places, across groups too', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const letters = lettersOf(speak(id))
        for (let index = 0; index + 1 < letters.length; index += 1) {
          const [one = '', other = ''] = letters.slice(index, index + 2)
          const swapped = replaceAt(replaceAt(letters, index, other), index + 1, one)
          if (one !== other) expect(hearInstallation(swapped)).toBeUndefined()
        }
      }),
    )
  })

  it('is never mistaken when a character is lost or added', () => {
    fc.assert(
      fc.property(anyId, fc.nat(27), fc.constantFrom(...alphabet), (id, index, letter) => {
        const letters = lettersOf(speak(id))
        expect(hearInstallation(letters.slice(0, index) + letters.slice(index + 1))).toBeUndefined()
        expect(hearInstallation(letters.slice(0, index) + letter + letters.slice(index))).toBeUndefined()
      }),
    )
  })

  it('is understood in small letters, in any grouping, and with the look-alikes O, I and L', () => {
    const disguise = (letter: string, choice: number): string => {
      const lookalikes = { 0: ['0', 'O', 'o'], 1: ['1', 'I', 'i', 'L', 'l'] }[letter] ?? [letter, letter.toLowerCase()]
      return `${lookalikes[choice % lookalikes.length]}${['', ' ', '-', ' \u2013 ', '\t'][choice % 5]}`
    }
    fc.assert(
      fc.property(anyId, fc.array(fc.nat(1000), { minLength: 28, maxLength: 28 }), (id, choices) => {
        const written = [...lettersOf(speak(id))].map((letter, index) => disguise(letter, choices[index] ?? 0)).join('')
        expect(hearInstallation(` ${written}\n`)).toEqual(id)
      }),
    )
  })

  it('is nothing else: no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const heard = hearInstallation(text)
        if (heard) expect(heard).toHaveLength(16)
      }),
    )
    for (const text of ['', 'U'.repeat(28), '7ZZZ', `8${'0'.repeat(27)}`])
      expect(hearInstallation(text)).toBeUndefined()
  })

  it('does not exist for bytes of another length', () => {
    for (const length of [0, 15, 17, 32]) expect(speakInstallation(new Uint8Array(length))).toBeUndefined()
  })
})
