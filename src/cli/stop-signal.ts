const signals = ['SIGINT', 'SIGTERM'] as const

/** Resolves at the first request to stop. A second one ends the process at once, in case that stopping hangs. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop)
      resolve()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}
