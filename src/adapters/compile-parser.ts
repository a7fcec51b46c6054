import { nextTurn } from './load-in-turns.js'

/** What is compiled lasts for as long as somebody holds it; undici makes its own when it first connects. */
let held: WebAssembly.Module | undefined

/**
 * Has the parser of undici, which is WebAssembly, compiled before the first answer comes, in turns of the event loop. V8
 * compiles a function when it first runs, which takes longer than all the rest of an answer, and shares what it has
 * compiled among all modules of a process with the same bytes.
 */
export async function compileParser(): Promise<void> {
  if (held) return
  const { loadParser } = await import('./undici-parts.js')
  const { default: bytes } = await loadParser()
  await nextTurn()
  const parser = new WebAssembly.Module(bytes)
  await nextTurn()
  const callbacks = WebAssembly.Module.imports(parser).map(({ name }) => [name, () => 0] as const)
  const { exports } = new WebAssembly.Instance<ResponseParser>(parser, { env: Object.fromEntries(callbacks) })
  const state = exports.llhttp_alloc(responses)
  await nextTurn()
  // Nothing is parsed, since it makes no difference to what is compiled.
  exports.llhttp_execute(state, exports.malloc(1), 0)
  held = parser
  await nextTurn()
}

/** What llhttp calls a parser of responses. */
const responses = 2

interface ResponseParser {
  llhttp_alloc(type: number): number
  llhttp_execute(state: number, at: number, length: number): number
  malloc(size: number): number
}
