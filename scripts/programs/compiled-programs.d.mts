export function compilePrograms(programs: readonly string[], directory: string): Promise<string[]>
