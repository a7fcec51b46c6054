/** What is used of WebAssembly, which the types of Node leave to those of browsers. */
declare namespace WebAssembly {
  class Module {
    static imports(module: Module): readonly { readonly name: string }[]
    constructor(bytes: Uint8Array)
  }

  class Instance<Exports> {
    constructor(module: Module, imports: object)
    readonly exports: Exports
  }
}
