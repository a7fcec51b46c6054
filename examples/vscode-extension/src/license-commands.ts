import type { LicenseClient } from 'flavor-license'
import type { window } from 'vscode'

/** What the commands need of `vscode.window`. A test passes its own. */
export type Dialogs = Pick<typeof window, 'showInputBox' | 'showInformationMessage' | 'showWarningMessage'>

/** The commands that package.json contributes, by their ids. */
export function licenseCommands(
  license: LicenseClient,
  dialogs: Dialogs,
): Readonly<Record<string, () => Promise<void>>> {
  return {
    async 'tidy.activateLicense'() {
      const key = await dialogs.showInputBox({
        title: 'Activate Tidy',
        prompt: 'License key',
        placeHolder: 'FLVR-XXXX-XXXX-XXXX-XXXX',
        password: true,
        ignoreFocusOut: true,
      })
      if (!key) return
      // The client keeps the key, in a file of this user alone: no second copy in the SecretStorage.
      const activation = await license.activate(key)
      if (activation.outcome === 'activated') await dialogs.showInformationMessage(activation.verdict.message)
      else await dialogs.showWarningMessage(activation.message)
    },

    async 'tidy.deactivateLicense'() {
      const giveUp = 'Deactivate'
      const answer = await dialogs.showWarningMessage('Give up the license here?', { modal: true }, giveUp)
      if (answer !== giveUp) return
      const deactivation = await license.deactivate()
      if (deactivation.outcome === 'deferred') await dialogs.showWarningMessage(deactivation.message)
      else await dialogs.showInformationMessage('This computer has no license now.')
    },

    async 'tidy.cleanUp'() {
      if (license.has('erp')) await dialogs.showInformationMessage('Everything is tidy.')
      else await dialogs.showWarningMessage(`Cleaning up needs a business license. ${license.status().message}`)
    },
  }
}
