// A product's whole life with the package as it was installed, against a hub in the same process.
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { live } from './live.cjs'

await live(createLicenseClient, createEmulator)
