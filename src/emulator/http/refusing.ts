import { HubRefusal } from '../hub/refusal.js'
import { jsonReply } from './reply.js'

/** Turns what an endpoint refuses into the hub's error body. */
export async function refusing(errorCodes: boolean, serve: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await serve()
  } catch (error) {
    if (!(error instanceof HubRefusal)) throw error
    const { status, message: detail, code, activations } = error
    return jsonReply(status, errorCodes ? { detail, code, activations } : { detail })
  }
}
