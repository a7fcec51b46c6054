import { describe, expect, it } from 'vitest'
import { loadInTurns } from '../../src/adapters/load-in-turns.js'

describe('what is loaded in turns', () => {
  it('lets the host do its own work between two', async () => {
    const order: string[] = []
    await loadInTurns([
      async () => {
        order.push('first')
        setImmediate(() => order.push('host'))
      },
      async () => order.push('second'),
    ])
    expect(order).toEqual(['first', 'host', 'second'])
  })

  it('ends with what cannot be loaded', async () => {
    const order: string[] = []
    const loading = loadInTurns([
      () => Promise.reject(new Error('Cannot find module')),
      async () => order.push('second'),
    ])
    await expect(loading).rejects.toThrow('Cannot find module')
    expect(order).toEqual([])
  })
})
