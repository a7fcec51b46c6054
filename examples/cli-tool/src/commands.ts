import type { LicenseClient, Verdict } from 'flavor-license'

interface Surroundings {
  readonly license: LicenseClient
  /** Asks the person for the key: on a command line, other users of the machine could see it. */
  readonly readKey: () => Promise<string>
  readonly print: (line: string) => void
}

type Command = (surroundings: Surroundings) => Promise<number>

const exitCode = { done: 0, wrongUsage: 2, refused: 3, deferred: 5 } as const

/** Runs `tidy COMMAND`. Returns the exit code. */
export async function run([name = '']: readonly string[], surroundings: Surroundings): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(surroundings)
  surroundings.print(`Usage: tidy ${Object.keys(commands).join(' | ')}`)
  return exitCode.wrongUsage
}

const commands: Readonly<Record<string, Command>> = {
  async activate({ license, readKey, print }) {
    const activation = await license.activate(await readKey())
    switch (activation.outcome) {
      case 'activated':
        print(`Thank you. Your ${describe(activation.verdict)}`)
        return exitCode.done
      case 'refused':
        print(activation.message)
        return exitCode.refused
      case 'deferred':
        print(`${activation.message} Try again after ${new Date(activation.retryAt).toLocaleTimeString()}.`)
        return exitCode.deferred
    }
  },

  async license({ license, print }) {
    const verdict = await license.verify()
    print(`Your ${describe(verdict)}`)
    return isLicensed(verdict) ? exitCode.done : exitCode.refused
  },

  async deactivate({ license, print }) {
    const { outcome } = await license.deactivate()
    print(
      outcome === 'deferred' ? 'The seller cannot be reached. Try again later.' : 'This computer has no license now.',
    )
    return outcome === 'deferred' ? exitCode.deferred : exitCode.done
  },

  async report({ license, print }) {
    const verdict = await license.verify()
    if (!isLicensed(verdict)) {
      print(`${verdict.message} (tidy activate)`)
      return exitCode.refused
    }
    if (verdict.state === 'grace') print(`Note: your ${describe(verdict)}`)
    print('3 files are untidy.')
    return exitCode.done
  },
}

function isLicensed({ state }: Verdict): boolean {
  return state === 'licensed' || state === 'grace'
}

function describe(verdict: Verdict): string {
  const key = verdict.licenseKey ?? '(none)'
  return `license ${key}: ${verdict.message}`
}
