import { describe, expect, it, vi } from 'vitest'
import { FlavorLicenseError, isFlavorLicenseError } from '../../src/domain/errors.js'

describe('FlavorLicenseError', () => {
  it('carries a stable code, a sentence, its cause and its name', () => {
    const cause = new Error('why')
    const error = new FlavorLicenseError('invalid-domain', 'A sentence.', { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'FlavorLicenseError', code: 'invalid-domain', message: 'A sentence.', cause })
    expect(String(error)).toBe('FlavorLicenseError: A sentence.')
  })

  it('shows no brand to whoever prints it', () => {
    expect(Object.keys(new FlavorLicenseError('closed', 'A sentence.'))).toEqual(['name', 'code'])
  })
})

describe('isFlavorLicenseError', () => {
  it('knows the error of another copy of the package, where instanceof does not', async () => {
    vi.resetModules()
    const copy = await import('../../src/domain/errors.js')
    expect(copy.FlavorLicenseError).not.toBe(FlavorLicenseError)
    const foreign = new copy.FlavorLicenseError('aborted', 'A sentence.')
    expect(foreign).not.toBeInstanceOf(FlavorLicenseError)
    expect(isFlavorLicenseError(foreign)).toBe(true)
    expect(copy.isFlavorLicenseError(new FlavorLicenseError('aborted', 'A sentence.'))).toBe(true)
  })

  it.each([
    ['another error', new Error('FlavorLicenseError')],
    ['an object that looks like one', { name: 'FlavorLicenseError', code: 'closed', message: 'A sentence.' }],
    ['a string', 'FlavorLicenseError'],
    ['a function', () => undefined],
    ['null', null],
    ['undefined', undefined],
  ])('is false for %s', (_what, value) => {
    expect(isFlavorLicenseError(value)).toBe(false)
  })
})
