import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStructuredField } from '../../src/protocol/structured-field.js'

const shown = (text: string) =>
  parseStructuredField(text)?.map(({ key, item, parameters }) => [key, item, Object.fromEntries(parameters)])

describe('a structured field', () => {
  it.each([
    ['', []],
    ['"default"', [[null, '"default"', {}]]],
    ['"default";r=0;t=30', [[null, '"default"', { r: '0', t: '30' }]]],
    ['"a, b; c=\\"1\\"" ; r=1', undefined],
    ['"a, b; c=\\"1\\"";  r=1', [[null, '"a, b; c=\\"1\\""', { r: '1' }]]],
    [
      'burst;r=1,daily;r=2',
      [
        [null, 'burst', { r: '1' }],
        [null, 'daily', { r: '2' }],
      ],
    ],
    [
      'limit=10, remaining=0 ,\treset=30',
      [
        ['limit', '10', {}],
        ['remaining', '0', {}],
        ['reset', '30', {}],
      ],
    ],
    ['10;w=60;comment="x"', [[null, '10', { w: '60', comment: '"x"' }]]],
    ['a;pk=:cHJvdG8=:;flag;off=?0;x=-1.25', [[null, 'a', { pk: ':cHJvdG8=:', flag: '?1', off: '?0', x: '-1.25' }]]],
    ['a;r=1;r=2', [[null, 'a', { r: '2' }]]],
  ])('%j is read in its parts', (text, expected) => {
    expect(shown(text)).toEqual(expected)
  })

  it.each([
    '"open',
    '"a" "b"',
    'a,',
    ',a',
    'a,,b',
    'a;R=1',
    'a;r=',
    'a;r==1',
    '=1',
    'a=',
    '"ü"',
    '1234567890123456',
    '1.2345',
    '+1',
    ':open',
    '?2',
    '{"r":0}',
    'a\n',
  ])('%j is none', (text) => {
    expect(parseStructuredField(text)).toBeUndefined()
  })

  it('that is written from any members is read as those', () => {
    const token = fc.stringMatching(/^[a-z*][a-z0-9]{0,8}$/)
    const item = fc.oneof(
      token,
      fc.nat().map(String),
      fc.stringMatching(/^[ !#-[\]-~]*$/).map((text) => `"${text}"`),
    )
    const member = fc.record({ key: fc.option(token), item, parameters: fc.dictionary(token, item, { maxKeys: 3 }) })
    fc.assert(
      fc.property(fc.array(member), (members) => {
        const text = members
          .map(({ key, item, parameters }) => {
            const tail = Object.entries(parameters).map(([name, value]) => `;${name}=${value}`)
            return `${key === null ? '' : `${key}=`}${item}${tail.join('')}`
          })
          .join(', ')
        expect(shown(text)).toEqual(members.map(({ key, item, parameters }) => [key, item, { ...parameters }]))
      }),
    )
  })
})
