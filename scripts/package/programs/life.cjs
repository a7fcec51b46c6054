const { createLicenseClient } = require('flavor-license')
const { createEmulator } = require('flavor-license/emulator')
const { live } = require('./live.cjs')

live(createLicenseClient, createEmulator)
