/** The version in package.json, which a test compares: reading that file at run time would cost every start. */
export const packageVersion: string = '0.1.0'
