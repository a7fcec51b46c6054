import { execFileSync } from 'node:child_process'

/** Does something with a disk of that many KiB mounted at `directory`. */
export async function withSmallDisk<Result>(
  directory: string,
  kibibytes: number,
  operation: () => Promise<Result>,
): Promise<Result> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', directory])
  try {
    return await operation()
  } finally {
    execFileSync('umount', ['--lazy', directory])
  }
}
