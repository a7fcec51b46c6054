/** A module and all that it imports, as the text of one minified script for browsers. The build puts it in. */
declare module '*?bundled' {
  const source: string
  export default source
}
