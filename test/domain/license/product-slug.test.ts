import { describe, expect, it } from 'vitest'
import { isProductSlug } from '../../../src/domain/license/product-slug.js'

describe('a product slug', () => {
  it.each(['flavor-starter', 'a', '7', 'x'.repeat(64)])('%s is one', (text) => {
    expect(isProductSlug(text)).toBe(true)
  })

  it.each(['', 'Flavor', 'flavor starter', 'flavor_starter', 'flavor/starter', 'x'.repeat(65), 'käse'])(
    '%j is none',
    (text) => {
      expect(isProductSlug(text)).toBe(false)
    },
  )
})
