import { contextBridge, ipcRenderer } from 'electron'
import type { LicenseApi, LicenseChannel } from './license-api.js'

const invoke = (channel: LicenseChannel, ...input: readonly string[]) => ipcRenderer.invoke(channel, ...input)

const api: LicenseApi = {
  status: () => invoke('license:status'),
  activate: (licenseKey) => invoke('license:activate', licenseKey),
  deactivate: () => invoke('license:deactivate'),
}

contextBridge.exposeInMainWorld('license', api)
