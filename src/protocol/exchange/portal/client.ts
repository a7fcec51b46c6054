import type { ClientOrder, PortalClientAccount } from '../../../domain/portal/client.js'
import { clientSchema, type WireClient, type WireClientCreation } from '../../wire/portal/client.js'
import { type ListAnswer, readList } from './list.js'
import { type PortalReader, readItem } from './reading.js'

export function buildClientCreation({ email, name, company }: ClientOrder): WireClientCreation {
  return { email, name, ...(company !== undefined && { company }) }
}

export const readClient: PortalReader<PortalClientAccount> = readItem(clientSchema, toClient)
export const readClientList: PortalReader<ListAnswer<PortalClientAccount>> = readList(clientSchema, toClient)

function toClient({ id, email, name, company, license_count }: WireClient): PortalClientAccount {
  return { id, email, name, company, licenseCount: license_count }
}
