import { describe, expect, it } from 'vitest'
import { EmulatorFaultError, parseFault } from '../../src/emulator/index.js'

describe('a fault that is written down', () => {
  it.each([
    ['silence', { kind: 'silence' }],
    ['drop@activate,when=after', { kind: 'drop', route: 'activate', when: 'after' }],
    ['short-body@updateDownload,bytes=2,times=1', { kind: 'short-body', route: 'updateDownload', bytes: 2, times: 1 }],
    ['changed-byte@files,at=0,after=1', { kind: 'changed-byte', route: 'files', at: 0, after: 1 }],
    ['redirect,location=http://10.0.0.1/?a=b', { kind: 'redirect', location: 'http://10.0.0.1/?a=b' }],
    ['status@licenseCreate,status=500', { kind: 'status', route: 'licenseCreate', status: 500 }],
    ['release-token,problem=wrong-signer', { kind: 'release-token', problem: 'wrong-signer' }],
    ['release-field,field=size', { kind: 'release-field', field: 'size' }],
    ['release-field,field=size,value="12"', { kind: 'release-field', field: 'size', value: '12' }],
    [
      'release-field,field=size,value=-1,signed=false',
      { kind: 'release-field', field: 'size', value: -1, signed: false },
    ],
    ['release-field,field=version,value=1.0.0', { kind: 'release-field', field: 'version', value: '1.0.0' }],
  ])('%s', (text, fault) => {
    expect(parseFault(text)).toEqual(fault)
  })

  it.each([
    ['', /^There is no fault "". The faults are: latency, silence, .*\.$/],
    ['constructor', /^There is no fault "constructor"\./],
    ['respond', /^There is no fault "respond"\./],
    [
      'short-body@nowhere',
      'The fault short-body is not usable: route must be one of *, files, activate, verify, deactivate, ',
    ],
    ['short-body,bytes=-1', 'The fault short-body is not usable: bytes must be a whole number.'],
    ['short-body,bytes=some', 'The fault short-body is not usable: bytes must be a whole number.'],
    ['short-body,times=0', 'The fault short-body is not usable: times must be a whole number.'],
    [
      'short-body,byte=1',
      'The fault short-body is not usable: byte is not one of the fields kind, route, after, times, bytes.',
    ],
    ['short-body,bytes', 'A field of a fault is written as its name and value: not "bytes".'],
    ['redirect', 'The fault redirect is not usable: location is missing.'],
    ['html,status=99', 'The fault html is not usable: status must be a status.'],
    ['release-token,problem=none', /problem must be one of missing, flipped-bit, /],
  ])('%s is refused in one sentence', (text, sentence) => {
    expect(() => parseFault(text)).toThrow(sentence)
    expect(() => parseFault(text)).toThrow(EmulatorFaultError)
    expect(() => parseFault(text)).toThrow(expect.objectContaining({ code: 'invalid-fault' }))
  })
})
