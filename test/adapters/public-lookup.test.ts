import { describe, expect, it } from 'vitest'
import { publicLookupBy } from '../../src/adapters/public-lookup.js'

type Found = readonly { readonly address: string; readonly family: number }[]

function lookUp(found: Found | Error, all: boolean): Promise<unknown> {
  const look = publicLookupBy((_hostname, _options, callback) =>
    found instanceof Error ? callback(found, []) : callback(null, [...found]),
  )
  return new Promise((resolve, reject) => {
    look('cdn.example.com', { all }, (error, address, family) => (error ? reject(error) : resolve([address, family])))
  })
}

const inside = { address: '192.168.1.1', family: 4 }
const outside = { address: '93.184.216.34', family: 4 }
const further = { address: '2606:2800:220:1::1', family: 6 }

describe('a lookup of public addresses alone', () => {
  it('leaves out what is private', async () => {
    expect(await lookUp([inside, outside, further], true)).toEqual([[outside, further], undefined])
    expect(await lookUp([inside, outside], false)).toEqual([outside.address, 4])
  })

  it.each([true, false])('finds nothing where all is private (all: %s)', async (all) => {
    await expect(lookUp([inside], all)).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('hands on what the system says', async () => {
    const failure = Object.assign(new Error('later'), { code: 'EAI_AGAIN' })
    await expect(lookUp(failure, true)).rejects.toBe(failure)
  })
})
