import { createLicenseClient } from 'flavor-license'
import { commands, type ExtensionContext, StatusBarAlignment, Uri, window } from 'vscode'
import { licenseCommands } from './license-commands.js'
import { statusText } from './license-status.js'

export async function activate({ extension, globalStorageUri, subscriptions }: ExtensionContext): Promise<void> {
  const license = createLicenseClient({
    product: { slug: 'flavor-starter', version: extension.packageJSON.version },
    domain: 'auto',
    hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
    directory: Uri.joinPath(globalStorageUri, 'license').fsPath,
  })
  const status = window.createStatusBarItem(StatusBarAlignment.Right)
  const show = () => {
    const verdict = license.status()
    status.text = statusText(verdict)
    status.tooltip = verdict.message
    status.command = verdict.licenseKey === null ? 'tidy.activateLicense' : 'tidy.deactivateLicense'
    status.show()
  }
  subscriptions.push(
    status,
    { dispose: license.on('verdict', show) },
    { dispose: () => void license.close() },
    ...Object.entries(licenseCommands(license, window)).map(([id, run]) => commands.registerCommand(id, run)),
  )
  // From the record at once; the hub is asked behind, so that the editor starts no later.
  await license.verify({ wait: false })
  license.start()
  show()
}
