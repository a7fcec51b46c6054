import { describe, expect, it } from 'vitest'
import {
  failedComponent,
  refusedComponent,
  tierNotEntitled,
  unsafeArchive,
} from '../../../src/domain/component/component-outcome.js'

describe('what is not done with a component', () => {
  it('is said in a sentence, with the detail that the caller needs', () => {
    expect(refusedComponent('not-installed')).toEqual({
      outcome: 'refused',
      reason: 'not-installed',
      message: 'This component is not installed.',
    })
    expect(refusedComponent('product-version', '>=2.0.0').message).toMatch(/\(>=2\.0\.0\)$/)
    expect(tierNotEntitled('business')).toMatchObject({ reason: 'tier-not-entitled', requiredTier: 'business' })
    expect(tierNotEntitled('business').message).toContain('business')
  })

  it('names the rule that an archive breaks, and the entry that breaks it in a form that cannot deceive', () => {
    expect(unsafeArchive({ problem: 'link', entry: 'a\u001b[2J' }).message).toMatch(/\(link: "a\\u001b\[2J"\)$/)
    expect(unsafeArchive({ problem: 'too-large', entry: null }).message).toMatch(/\(too-large\)$/)
  })

  it('says what the operating system says, where it says something', () => {
    expect(failedComponent('disk-failed', 'ENOSPC').message).toMatch(/\(ENOSPC\)$/)
    expect(failedComponent('disk-failed').message).not.toContain('(')
  })
})
