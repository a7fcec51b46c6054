import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'

/** Keeps the processor busy with that many programs that never pause, until the end of the test. */
export function keepBusy(programs: number): void {
  for (let count = 0; count < programs; count += 1) {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
  }
}
