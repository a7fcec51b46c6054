import type { IpcMain } from 'electron'
import type { LicenseClient } from 'flavor-license'
import type { LicenseApi, LicenseChannel } from './license-api.js'

/**
 * Answers what the page asks, in the main process, where the license client lives.
 *
 * @param page - The address of the program's own page.
 */
export function answerLicenseCalls(ipcMain: Pick<IpcMain, 'handle'>, license: LicenseClient, page: string): void {
  const calls: Readonly<Record<LicenseChannel, (input: unknown) => ReturnType<LicenseApi[keyof LicenseApi]>>> = {
    'license:status': async () => license.status(),
    'license:activate': (licenseKey) => license.activate(String(licenseKey)),
    'license:deactivate': () => license.deactivate(),
  }
  for (const [channel, call] of Object.entries(calls)) {
    ipcMain.handle(channel, (event, input: unknown) => {
      // A frame of somebody else's page has the same channels.
      if (event.senderFrame?.url !== page) throw new Error('Only the program itself may manage its license.')
      return call(input)
    })
  }
}
