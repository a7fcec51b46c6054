import type { RecordStore } from '../ports/record-store.js'

/** Records that last as long as the process: where there is no directory to write to. */
export function memoryRecordStore(): RecordStore {
  const files = new Map<string, Uint8Array>()
  return {
    list: (prefix) => Promise.resolve([...files.keys()].filter((name) => name.startsWith(prefix))),
    read: (name) => Promise.resolve(files.get(name)?.slice()),
    async publish(name, content) {
      files.set(name, content.slice())
    },
    async publishOnce(name, content) {
      const present = files.get(name) ?? content.slice()
      files.set(name, present)
      return present.slice()
    },
    async remove(name) {
      files.delete(name)
    },
    async setAside(name) {
      files.delete(name)
    },
    async describe() {
      const listed = [...files.keys()].map((name) => ({ name, mode: '0600' }))
      return { directory: null, mode: null, writable: true, problem: null, files: listed }
    },
  }
}
