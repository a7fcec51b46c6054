import { BodyFailure } from '../ports/transport.js'
import { networkFailure } from './network-failure.js'

/**
 * A body as the port promises it, whichever library it comes from.
 *
 * @param signal - The caller's own: its reason is theirs to see, whatever the library makes of it.
 * @param end - Called once nothing more is read, for whichever reason.
 */
export async function* streamedBody(
  body: AsyncIterable<unknown> | Iterable<never>,
  signal: AbortSignal,
  end: (whole: boolean) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let whole = false
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('A body must be made of bytes.')
      yield chunk
    }
    whole = true
  } catch (cause) {
    signal.throwIfAborted()
    throw new BodyFailure(networkFailure(cause), cause)
  } finally {
    end(whole)
  }
}
