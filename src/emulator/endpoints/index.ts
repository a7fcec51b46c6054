import type { RouteName } from '../../protocol/routes.js'
import {
  componentAvailableEndpoint,
  componentCheckEndpoint,
  componentDownloadEndpoint,
  componentListEndpoint,
} from './component-endpoints.js'
import type { Endpoint } from './endpoint.js'
import { activateEndpoint, deactivateEndpoint, verifyEndpoint } from './license-endpoints.js'
import { updateCheckEndpoint, updateDownloadEndpoint, updateInfoEndpoint } from './update-endpoints.js'

/** The machine-facing half of the hub. */
export const machineEndpoints: readonly (readonly [RouteName, Endpoint])[] = [
  ['activate', activateEndpoint],
  ['verify', verifyEndpoint],
  ['deactivate', deactivateEndpoint],
  ['updateCheck', updateCheckEndpoint],
  ['updateInfo', updateInfoEndpoint],
  ['updateDownload', updateDownloadEndpoint],
  ['componentList', componentListEndpoint],
  ['componentAvailable', componentAvailableEndpoint],
  ['componentCheck', componentCheckEndpoint],
  ['componentDownload', componentDownloadEndpoint],
]
