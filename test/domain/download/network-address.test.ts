import { describe, expect, it } from 'vitest'
import { isPublicAddress, mayBePublic } from '../../../src/domain/download/network-address.js'

describe('an address of the public internet', () => {
  it.each([
    '93.184.216.34',
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:2800:220:1:248:1893:25c8:1946',
    '2a00::1',
    '2001:4860:4860::8888',
    '::ffff:93.184.216.34',
    '::ffff:5db8:d822',
    '64:ff9b::93.184.216.34',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a carrier', '100.64.0.1'],
    ['a carrier', '100.127.255.255'],
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this link, where clouds keep their secrets', '169.254.169.254'],
    ['protocols', '192.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['many receivers', '224.0.0.1'],
    ['nobody yet', '240.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['this machine', '::1'],
    ['nothing', '::'],
    ['this link', 'fe80::1'],
    ['this link, by an interface', 'fe80::1%eth0'],
    ['a private network', 'fd00::1'],
    ['a private network', 'fc00::1'],
    ['many receivers', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['a tunnel', '2001::1'],
    ['a tunnel to a private network', '2002:a00:1::'],
    ['this machine in the guise of IPv6', '::ffff:127.0.0.1'],
    ['this machine in the guise of IPv6', '::ffff:7f00:1'],
    ['a private network in the guise of IPv6', '0:0:0:0:0:ffff:10.0.0.1'],
    ['a private network behind a translator', '64:ff9b::10.0.0.1'],
    ['this machine in the form of old', '::127.0.0.1'],
    ['nobody: too many groups', '1:2:3:4:5:6:7:8:9'],
    ['nobody: too few groups', '2606:2800:1'],
    ['nobody: two gaps', '2606::2800::1'],
    ['nobody: a group too long', '26060::1'],
    ['nobody: a name', 'example.com'],
    ['nobody: no text', ''],
  ])('is not one of %s: %s', (_of, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a host that may be public by its name', () => {
  it.each([
    'https://cdn.example.com/file',
    'https://cdn.example.com./file',
    'https://93.184.216.34/file',
    'https://[2606:2800:220:1::1]/file',
    'https://notlocalhost.example/file',
  ])('is that of %s', (url) => {
    expect(mayBePublic(new URL(url))).toBe(true)
  })

  it.each([
    'https://localhost/file',
    'https://sub.localhost/file',
    'https://localhost./file',
    'https://printer.local/file',
    'https://vault.internal/file',
    'https://router.home.arpa/file',
    'https://intranet/file',
    'https://127.0.0.1/file',
    'https://0x7f.1/file',
    'https://2130706433/file',
    'https://0177.0.0.1/file',
    'https://127.0.0.1./file',
    'https://[::1]/file',
    'https://[::ffff:127.0.0.1]/file',
    'https://169.254.169.254/latest/meta-data',
  ])('is not that of %s', (url) => {
    expect(mayBePublic(new URL(url))).toBe(false)
  })
})
