import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, ipcMain } from 'electron'
import { createLicenseClient } from 'flavor-license'
import { answerLicenseCalls } from './license-bridge.js'

const page = new URL('../page/index.html', import.meta.url).href
const preload = fileURLToPath(new URL('preload.cjs', import.meta.url))

// Not with `await`: Electron is ready once this module has been evaluated.
app.whenReady().then(open)

async function open(): Promise<void> {
  const license = createLicenseClient({
    product: { slug: 'flavor-starter', version: app.getVersion() },
    domain: 'auto',
    hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
    directory: join(app.getPath('userData'), 'license'),
  })
  // From the record at once; the hub is asked behind, so that the window opens no later.
  await license.verify({ wait: false })
  license.start()
  answerLicenseCalls(ipcMain, license, page)
  app.once('window-all-closed', () => license.close().then(() => app.quit()))

  const window = new BrowserWindow({ width: 480, height: 360, webPreferences: { preload } })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  await window.loadURL(page)
}
