import { describe, expect, it } from 'vitest'
import {
  downloadRefusalMessage,
  failedDownload,
  nameTaken,
  refusedDownload,
} from '../../../src/domain/download/download.js'

describe('a download that is not done', () => {
  it.each(Object.entries(downloadRefusalMessage))('is told to the customer: %s', (_reason, message) => {
    expect(message).toMatch(/^[A-Z][^\n]*\.$/)
  })

  it('says why the hub or the proof is against it', () => {
    expect(refusedDownload('wrong-file')).toEqual({
      outcome: 'refused',
      reason: 'wrong-file',
      message: expect.stringContaining('not the one that the seller released'),
    })
  })

  it('says what the operating system is against', () => {
    expect(failedDownload('ENOSPC: no space left on device')).toEqual({
      outcome: 'failed',
      reason: 'disk-failed',
      message: expect.stringContaining('(ENOSPC: no space left on device)'),
    })
  })

  it('says which file is in the way', () => {
    expect(nameTaken('/updates/shop.zip')).toEqual({
      outcome: 'failed',
      reason: 'place-taken',
      message: expect.stringContaining('(/updates/shop.zip)'),
    })
  })
})
