import { chmodSync, statSync } from 'node:fs'

/** Words in front of a command that run it as a user who is not root and owns nothing here. */
export const anotherUser: readonly string[] = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

/** The same with a user that is on no list of users, and so has no home. */
export const unknownUser: readonly string[] = ['setpriv', '--reuid=54321', '--regid=54321', '--clear-groups']

/** Lets every user of the machine read, write and enter. */
export function openToAll(path: string): string {
  chmodSync(path, statSync(path).isDirectory() ? 0o777 : 0o666)
  return path
}

/** A command sees `directory`, with all that is in it, on a disk that cannot be written to. */
export function readOnlyDisk(directory: string): readonly string[] {
  return onOwnDisk(directory, 'mount -o remount,ro "$disk"')
}

/** A command sees `directory`, with all that is in it, on a disk with no space left. */
export function fullDisk(directory: string): readonly string[] {
  return onOwnDisk(directory, 'dd if=/dev/zero of="$disk/.filler" bs=1k 2>/dev/null || true')
}

/** The mounts are the command's alone and end with it. */
function onOwnDisk(directory: string, spoil: string): readonly string[] {
  const script = [
    'set -e',
    `disk='${directory}'`,
    'kept=$(mktemp -d)',
    'cp -a "$disk/." "$kept"',
    'mount -t tmpfs -o size=64k,mode=700 tmpfs "$disk"',
    'cp -a "$kept/." "$disk"',
    'rm -r "$kept"',
    spoil,
    'exec "$@"',
  ]
  return ['unshare', '--mount', 'sh', '-c', script.join('\n'), 'sh']
}
