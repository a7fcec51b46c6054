/**
 * The request with its sender's own signal. The one that a Request makes of it is tied to a controller that nobody holds:
 * once that is collected, whoever waits for the sender to give up waits for ever.
 */
export function withLastingSignal(request: Request, signal: AbortSignal): Request {
  return Object.defineProperty(request, 'signal', { value: signal })
}
