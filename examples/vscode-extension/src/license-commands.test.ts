import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { LicenseClient } from 'flavor-license'
import { createTestbed } from 'flavor-license/testing'
import { type Dialogs, licenseCommands } from './license-commands.js'
import { statusText } from './license-status.js'

/** An editor whose user types what a test says, and clicks every button. */
function editor(license: LicenseClient, typed?: string) {
  const shown: string[] = []
  const show = async (message: string, ...rest: readonly unknown[]) => {
    shown.push(message)
    return rest.at(-1)
  }
  const dialogs = {
    showInputBox: async () => typed,
    showInformationMessage: show,
    showWarningMessage: show,
  } as unknown as Dialogs
  return { shown, run: (id: string) => licenseCommands(license, dialogs)[id]?.() }
}

test('a key is entered, used and given up', async () => {
  const testbed = createTestbed()
  const key = await testbed.grantLicense({ features: ['erp'] })
  const { shown, run } = editor(testbed.license, key)

  await run('tidy.deactivateLicense')
  assert.equal(statusText(testbed.license.status()), '$(lock) Not licensed')
  await run('tidy.cleanUp')
  await run('tidy.activateLicense')
  await run('tidy.cleanUp')
  assert.equal(statusText(testbed.license.status()), '$(verified) Licensed')
  assert.deepEqual(shown, [
    'Give up the license here?',
    'This computer has no license now.',
    'Cleaning up needs a business license. The license has been deactivated here. Enter a license key to use this product.',
    'The license is active.',
    'Everything is tidy.',
  ])
})

test('what is no key is refused in a sentence, and an empty box is a change of mind', async () => {
  const { license } = createTestbed()
  const wrong = editor(license, 'hello')
  await wrong.run('tidy.activateLicense')
  assert.match(wrong.shown.join(), /FLVR/)

  const empty = editor(license)
  await empty.run('tidy.activateLicense')
  assert.deepEqual(empty.shown, [])
  assert.equal(statusText(license.status()), '$(question) License unknown')
})

test('on day 20 without a network the command is locked', async () => {
  const testbed = createTestbed()
  await testbed.grantLicense({ features: ['erp'] })
  testbed.goOffline()
  await testbed.advance({ days: 20 })

  const { shown, run } = editor(testbed.license)
  await run('tidy.cleanUp')
  assert.match(shown.join(), /could not be checked for too long/)
})

test('the manifest contributes the commands that there are', async () => {
  const { contributes } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const contributed = contributes.commands.map(({ command }: { command: string }) => command)
  assert.deepEqual(contributed, Object.keys(licenseCommands(createTestbed().license, {} as Dialogs)))
})
