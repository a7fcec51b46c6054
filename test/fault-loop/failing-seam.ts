/** Which call of a seam fails: the k-th one, or all from then on. */
export interface Failure {
  readonly call: number
  readonly lasting: boolean
  readonly error: () => Error
}

export interface FailingSeam<Port> {
  readonly port: Port
  /** How often the seam was called. */
  calls(): number
}

/** A port of which one method fails as told; everything else works. Methods that are promises reject. */
export function failingSeam<Port extends object>(port: Port, method: keyof Port, failure: Failure): FailingSeam<Port> {
  let calls = 0
  const original: unknown = port[method]
  if (typeof original !== 'function') throw new TypeError('Only methods can fail.')
  const failing = (...parameters: unknown[]): unknown => {
    calls += 1
    if (calls === failure.call || (failure.lasting && calls > failure.call)) throw failure.error()
    return Reflect.apply(original, port, parameters)
  }
  return { port: { ...port, [method]: failing }, calls: () => calls }
}

/** The same for methods that answer with a promise: it rejects, as the real ones do, instead of throwing. */
export function rejectingSeam<Port extends object>(
  port: Port,
  method: keyof Port,
  failure: Failure,
): FailingSeam<Port> {
  const seam = failingSeam(port, method, failure)
  const throwing: unknown = seam.port[method]
  if (typeof throwing !== 'function') throw new TypeError('Only methods can fail.')
  const rejecting = async (...parameters: unknown[]): Promise<unknown> => Reflect.apply(throwing, port, parameters)
  return { port: { ...seam.port, [method]: rejecting }, calls: seam.calls }
}
